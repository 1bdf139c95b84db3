using System.Buffers.Binary;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>A user as the table of revocations knows one: the first half of a keyed hash.</summary>
internal readonly record struct Subject
{
    private readonly UInt128 _digest;

    /// <param name="hash">32 bytes.</param>
    public Subject(ReadOnlySpan<byte> hash) => _digest = BinaryPrimitives.ReadUInt128BigEndian(hash);
}
