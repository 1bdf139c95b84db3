using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>
/// What a decode allocates. Alone: a collection that another test brings about empties the shared pools, and what is rented is
/// then made anew.
/// </summary>
[Collection(nameof(FrameDecoderAllocationTests))]
[CollectionDefinition(nameof(FrameDecoderAllocationTests), DisableParallelization = true)]
public sealed class FrameDecoderAllocationTests
{
    [Fact]
    public void TryDecode_TypicalPush_AllocatesOnlyRefsTopicAndEvent()
    {
        var frame =
            """["12","345","channel:general","message:send",{"content":"Shall we meet at the usual place at half past seven? I will bring the maps.","clientId":"01JZ8G7Q2V6W3X4Y5Z6A7B8C9D","mentions":["bob"],"x":1}]""";
        var message = Encoding.UTF8.GetBytes(frame);
        Assert.InRange(message.Length, 190, 210);

        // Two refs of 32 bytes, a topic of 56, an event of 48: 168 bytes on a 64-bit machine.
        Assert.InRange(BytesADecode(PhoenixVersion.V2, message), 1, 168);
    }

    [Fact]
    public void TryDecode_ManyKeys_RentsItsTable()
    {
        var keys = string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"\\u006b{i}\":0"));
        var message = Encoding.UTF8.GetBytes($$"""["12","345","channel:general","message:send",{{{keys}}}]""");
        Assert.InRange(BytesADecode(PhoenixVersion.V2, message), 1, 168);
    }

    private static long BytesADecode(PhoenixVersion version, byte[] message)
    {
        const int Rounds = 1_000;
        for (var i = 0; i < Rounds; i++)
            Assert.True(FrameDecoder.TryDecode(version, binaryOpcode: false, message, out _, out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoded = 0;
        for (var i = 0; i < Rounds; i++)
            decoded += FrameDecoder.TryDecode(version, binaryOpcode: false, message, out _, out _) ? 1 : 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Rounds, decoded);
        return bytes / Rounds;
    }
}
