using System.Security.Cryptography;

namespace QuikApp.Protocol.Journal;

/// <summary>The operating system's random numbers: what production uses.</summary>
public sealed class CryptoRecordRandom : IRecordRandom
{
    private CryptoRecordRandom()
    {
    }

    /// <summary>The only instance.</summary>
    public static CryptoRecordRandom Instance { get; } = new();

    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
