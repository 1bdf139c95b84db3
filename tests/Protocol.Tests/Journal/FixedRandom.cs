using System.Security.Cryptography;
using System.Text;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>The same bytes in every run: the beginning of SHA-512 over a seed text.</summary>
internal sealed class FixedRandom(string seed) : IRecordRandom
{
    public void Fill(Span<byte> destination) => SHA512.HashData(Encoding.ASCII.GetBytes(seed)).AsSpan(0, destination.Length).CopyTo(destination);
}
