using CsCheck;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Protocol.Tests.WebSockets;

public sealed class FrameMaskTests
{
    [Fact]
    public void Apply_InAnyPieces_IsTheByteWiseExclusiveOr()
    {
        Gen.Select(Gen.Byte.Array[4], Gen.Byte.Array[0, 300], Gen.Int[0, 70].Array[0, 12]).Sample((key, data, cuts) =>
        {
            var expected = data.Select((value, i) => (byte)(value ^ key[i % 4])).ToArray();
            var actual = data.ToArray();
            var rest = actual.AsSpan();
            var mask = FrameMask.Read(key);
            foreach (var cut in cuts.Append(rest.Length))
            {
                var piece = rest[..Math.Min(cut, rest.Length)];
                mask = FrameMask.Apply(piece, mask);
                rest = rest[piece.Length..];
            }

            return actual.AsSpan().SequenceEqual(expected);
        });
    }
}
