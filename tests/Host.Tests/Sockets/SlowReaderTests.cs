using System.Buffers.Binary;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Sockets;

public sealed class SlowReaderTests(SocketServer server) : IClassFixture<SocketServer>
{
    private const int FrameCount = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Broadcast_OneClientNeverReads_IsCutWith4410AndTheOtherGetsEverything()
    {
        using var deaf = await RawClient.ConnectAsync(server.Endpoint, "?deaf", receiveBuffer: 4096);
        using var keen = await RawClient.ConnectAsync(server.Endpoint, "?keen");
        var slow = Connection("?deaf");
        var fast = Connection("?keen");
        var largest = 0;

        var reading = Task.Run(async () =>
        {
            for (var i = 0; i < FrameCount; i++)
                Assert.Equal(i, BinaryPrimitives.ReadInt32BigEndian((await keen.ReadFrameAsync())!.Value.Payload));
        });
        var payload = new byte[1000];
        for (var i = 0; i < FrameCount; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(payload, i);
            var frame = WireFrame.Binary(payload);
            slow.Outbox.TryEnqueue(frame);
            largest = Math.Max(largest, slow.Outbox.QueuedBytes);
            Assert.True(fast.Outbox.TryEnqueue(frame));
            await fast.Outbox.WhenRoom().WaitAsync(Patience);
        }

        await reading.WaitAsync(Patience);
        Assert.InRange(largest, server.Options.MaxQueuedBytes / 2, server.Options.MaxQueuedBytes);
        var end = await slow.Completion.WaitAsync(Patience);
        Assert.Equal(new SocketEnd(SocketEndKind.Aborted, CloseCode.SlowConsumer), end);
        Assert.False(slow.Outbox.HoldsArray);
        Assert.False(fast.Completion.IsCompleted);
    }

    [Fact]
    public async Task Cut_ReaderWakesInTime_ReadsClose4410()
    {
        using var late = await RawClient.ConnectAsync(server.Endpoint, "?late", receiveBuffer: 4096);
        var connection = Connection("?late");
        var frame = WireFrame.Binary(new byte[10_000]);
        var sent = 0;
        while (connection.Outbox.TryEnqueue(frame))
            sent++;

        var got = 0;
        (int First, byte[] Payload)? next;
        while ((next = await late.ReadFrameAsync()) is { First: 0x82 })
            got++;

        Assert.Equal(0x88, next!.Value.First);
        Assert.Equal(CloseCode.SlowConsumer, BinaryPrimitives.ReadUInt16BigEndian(next.Value.Payload));
        // The transport may have taken everything in the moment between the overflow and the cut.
        Assert.InRange(got, 1, sent);
        await late.SendAsync(ClientFrames.Close(CloseCode.SlowConsumer));
        Assert.Equal(new SocketEnd(SocketEndKind.ServerClosed, CloseCode.SlowConsumer), await connection.Completion.WaitAsync(Patience));
    }

    private SocketConnection Connection(string query)
    {
        SocketConnection? connection = null;
        Assert.True(SpinWait.SpinUntil(() => server.Connections.TryGetValue(query, out connection), Patience));
        return connection!;
    }
}
