using Microsoft.Extensions.Time.Testing;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Sockets;

public sealed class OutboxTests : IDisposable
{
    private readonly GatedStream _stream = new();
    private readonly RecordingOwner _owner = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SocketOptions _options = new();

    public void Dispose() => _stream.Dispose();

    [Fact]
    public void TryEnqueue_NothingInFlight_WritesOnTheCallersThread()
    {
        var outbox = CreateSut();
        var frame = Frame(300);

        Assert.True(outbox.TryEnqueue(frame));

        Assert.Equal(frame.Bytes.ToArray(), Assert.Single(_stream.Writes));
        Assert.Equal(0, outbox.QueuedBytes);
        Assert.Equal(0, outbox.WritePendingSince);
        Assert.False(outbox.HoldsArray);
    }

    [Fact]
    public void TryEnqueue_WriteInFlight_FramesLeaveTogetherInOrder()
    {
        var outbox = CreateSut();
        var frames = Enumerable.Range(0, 100).Select(i => Frame(100, (byte)i)).ToArray();
        _stream.Shut();
        foreach (var frame in frames)
            Assert.True(outbox.TryEnqueue(frame));
        Assert.Single(_stream.Writes);

        _stream.Open();

        Assert.Equal(2, _stream.Writes.Count);
        Assert.Equal(frames.SelectMany(frame => frame.Bytes.ToArray()), _stream.Written);
        Assert.False(outbox.HoldsArray);
    }

    [Fact]
    public void TryEnqueue_MoreThanOneWriteTakes_IsCutAtFrames()
    {
        _options.MaxCoalescedBytes = 1024;
        var outbox = CreateSut();
        var sizes = new[] { 10, 500, 500, 500, 2000, 100 };
        var frames = sizes.Select((size, i) => Frame(size, (byte)i)).ToArray();
        _stream.Shut();
        foreach (var frame in frames)
            Assert.True(outbox.TryEnqueue(frame));

        _stream.Open();

        Assert.Equal([12, 504 * 2, 504, 2004, 102], _stream.Writes.Select(write => write.Length));
        Assert.Equal(frames.SelectMany(frame => frame.Bytes.ToArray()), _stream.Written);
    }

    [Fact]
    public void TryEnqueue_FramesThatCameTogether_LeaveInOneWrite()
    {
        var outbox = CreateSut();
        var frames = Enumerable.Range(0, 20).Select(i => Frame(100, (byte)i)).ToArray();

        Assert.True(outbox.TryEnqueue(frames));
        Assert.True(outbox.TryEnqueue([]));

        Assert.Equal(frames.SelectMany(frame => frame.Bytes.ToArray()), Assert.Single(_stream.Writes));
    }

    [Fact]
    public void TryEnqueue_AtTheBound_TakesTheLastByteAndNoMore()
    {
        _options.MaxQueuedBytes = 1000;
        var outbox = CreateSut();
        _stream.Shut();
        Assert.True(outbox.TryEnqueue(Frame(500 - 4)));
        Assert.True(outbox.TryEnqueue(Frame(500 - 4)));
        Assert.Equal(1000, outbox.QueuedBytes);
        Assert.Equal(0, _owner.Overflows);

        Assert.False(outbox.TryEnqueue(Frame(1)));

        Assert.Equal(1, _owner.Overflows);
        Assert.Equal(1000, outbox.QueuedBytes);
    }

    [Fact]
    public void TryEnqueue_ManyAtOnceOverTheBound_TakesNone()
    {
        _options.MaxQueuedBytes = 1000;
        var outbox = CreateSut();

        Assert.False(outbox.TryEnqueue([Frame(600), Frame(600)]));

        Assert.Equal(1, _owner.Overflows);
        Assert.Empty(_stream.Writes);
        Assert.Equal(0, outbox.QueuedBytes);
    }

    [Fact]
    public void WritePendingSince_WriteInFlight_IsItsBeginning()
    {
        var outbox = CreateSut();
        _stream.Shut();
        outbox.TryEnqueue(Frame(10));
        outbox.TryEnqueue(Frame(10));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _time.GetElapsedTime(outbox.WritePendingSince));

        _stream.Open(again: true);

        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(outbox.WritePendingSince));
        _stream.Open();
        Assert.Equal(0, outbox.WritePendingSince);
    }

    [Fact]
    public async Task WhenRoom_UnderTheLowWaterMark_IsDone()
    {
        _options.LowWaterBytes = 150;
        var outbox = CreateSut();
        Assert.True(outbox.WhenRoom().IsCompleted);
        _stream.Shut();
        for (var i = 0; i < 3; i++)
            outbox.TryEnqueue(Frame(98));
        var room = outbox.WhenRoom();

        // The second write carries the other two frames: 200 bytes are over the mark.
        _stream.Open(again: true);
        Assert.False(room.IsCompleted);
        Assert.Same(room, outbox.WhenRoom());

        _stream.Open();
        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task WhenRoom_OutboxStops_IsDone()
    {
        _options.LowWaterBytes = 0;
        var outbox = CreateSut();
        _stream.Shut();
        outbox.TryEnqueue(Frame(98));
        var room = outbox.WhenRoom();
        Assert.False(room.IsCompleted);

        Assert.True(outbox.Stop());

        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Close_FramesWaiting_GoFirst()
    {
        var outbox = CreateSut();
        var (first, second, close) = (Frame(10, 1), Frame(10, 2), WireFrame.Close(CloseCode.ServiceRestart));
        _stream.Shut();
        outbox.TryEnqueue(first);
        outbox.TryEnqueue(second);

        outbox.Close(close, dropWaiting: false);

        Assert.False(outbox.TryEnqueue(Frame(10)));
        Assert.Equal(0, _owner.ClosesSent);
        _stream.Open();
        Assert.Equal([.. first.Bytes.Span, .. second.Bytes.Span, .. close.Bytes.Span], _stream.Written);
        Assert.Equal(1, _owner.ClosesSent);
        Assert.True(outbox.CloseSent);
    }

    [Fact]
    public void Close_Dropping_SendsTheCloseNext()
    {
        var outbox = CreateSut();
        var (first, close) = (Frame(10, 1), WireFrame.Close(CloseCode.SlowConsumer));
        _stream.Shut();
        outbox.TryEnqueue(first);
        outbox.TryEnqueue(Frame(1000));

        outbox.Close(close, dropWaiting: true);
        Assert.Equal(first.Bytes.Length + close.Bytes.Length, outbox.QueuedBytes);
        _stream.Open();

        Assert.Equal([.. first.Bytes.Span, .. close.Bytes.Span], _stream.Written);
    }

    [Fact]
    public void Close_Twice_SendsTheFirst()
    {
        var outbox = CreateSut();
        outbox.Close(WireFrame.Close(1001), dropWaiting: false);
        outbox.Close(WireFrame.Close(1011), dropWaiting: false);

        Assert.Equal(WireFrame.Close(1001).Bytes.ToArray(), _stream.Written);
        Assert.Equal(1, _owner.ClosesSent);
    }

    [Fact]
    public void Write_ThatFails_StopsTheOutboxAndTellsTheOwner()
    {
        var outbox = CreateSut();
        _stream.Shut();
        outbox.TryEnqueue(Frame(10));
        outbox.TryEnqueue(Frame(10));

        _stream.Break();

        Assert.IsType<IOException>(_owner.Failure);
        Assert.False(outbox.TryEnqueue(Frame(10)));
        Assert.Equal(0, outbox.QueuedBytes);
        Assert.False(outbox.HoldsArray);
    }

    [Fact]
    public async Task TryEnqueue_FromManyThreads_KeepsEachThreadsOrderAndEveryFrame()
    {
        _options.MaxQueuedBytes = int.MaxValue;
        var outbox = CreateSut();
        using var stop = new CancellationTokenSource();
        var gate = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _stream.Shut();
                Thread.Yield();
                _stream.Open();
            }
        });

        const int Threads = 4;
        const int Each = 5000;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                Assert.True(outbox.TryEnqueue(WireFrame.Binary([(byte)thread, (byte)(i >> 8), (byte)i])));
        })));
        await stop.CancelAsync();
        await gate;
        SpinWait.SpinUntil(() => outbox.QueuedBytes == 0, TimeSpan.FromSeconds(10));

        var sent = _stream.Written.Chunk(5).ToLookup(bytes => bytes[2], bytes => (bytes[3] << 8) | bytes[4]);
        for (var thread = 0; thread < Threads; thread++)
            Assert.Equal(Enumerable.Range(0, Each), sent[(byte)thread]);
        Assert.False(outbox.HoldsArray);
    }

    private Outbox CreateSut() => new(_stream, _owner, _options, _time);

    private static WireFrame Frame(int size, byte fill = 7) =>
        WireFrame.Binary(Enumerable.Repeat(fill, size).ToArray());
}
