using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Sockets;

public sealed class SocketConnectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly GatedStream _stream = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SocketOptions _options = new();
    private readonly LiveSockets _sockets = new();
    private int _aborts;

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task ReadAsync_Messages_ComeInOrderAndNoBufferIsHeldBetween()
    {
        var connection = CreateSut();
        _stream.Feed([.. ClientFrames.Text("one"), .. ClientFrames.Text("tw", fin: false), .. ClientFrames.Ping("p")]);
        _stream.Feed(ClientFrames.Frame(0, "o"u8.ToArray()));
        _stream.Feed(ClientFrames.Binary([1, 2, 3]));

        Assert.Equal("one", await ReadTextAsync(connection));
        Assert.Equal("two", await ReadTextAsync(connection));
        var third = await connection.ReadAsync();
        Assert.False(third!.IsText);
        Assert.Equal([1, 2, 3], third.Payload.ToArray());
        Assert.Equal(WireFrame.Pong("p"u8).Bytes.ToArray(), _stream.Written);

        var idle = connection.ReadAsync();
        Assert.False(idle.IsCompleted);
        Assert.False(connection.HoldsBuffer);
        Assert.True(connection.IsReading);
        _stream.FeedEnd();
        Assert.Null(await idle);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4000)]
    [InlineData(1001)]
    public async Task ReadAsync_ClientCloses_IsEchoedWithItsCode(int code)
    {
        var connection = CreateSut();
        _stream.Feed(ClientFrames.Close(code));

        Assert.Null(await connection.ReadAsync());

        Assert.Equal(WireFrame.Close(code).Bytes.ToArray(), _stream.Written);
        Assert.Equal(new SocketEnd(SocketEndKind.PeerClosed, code), await connection.Completion.WaitAsync(Patience));
        Assert.Equal(0, _aborts);
    }

    [Fact]
    public async Task ReadAsync_ClientClosesWithoutCode_IsEchoedWithout()
    {
        var connection = CreateSut();
        _stream.Feed(ClientFrames.Close());

        Assert.Null(await connection.ReadAsync());

        Assert.Equal([0x88, 0x00], _stream.Written);
        Assert.Equal(new SocketEnd(SocketEndKind.PeerClosed, CloseCode.NoStatus), await connection.Completion.WaitAsync(Patience));
    }

    [Fact]
    public async Task Close_ClientAnswers_EndsWithTheServersCode()
    {
        var connection = CreateSut();
        var read = connection.ReadAsync();

        connection.Close(CloseCode.ServiceRestart);
        _stream.Feed([.. ClientFrames.Text("too late"), .. ClientFrames.Close(CloseCode.ServiceRestart)]);

        Assert.Null(await read);
        Assert.Equal(WireFrame.Close(CloseCode.ServiceRestart).Bytes.ToArray(), _stream.Written);
        Assert.Equal(new SocketEnd(SocketEndKind.ServerClosed, CloseCode.ServiceRestart), await connection.Completion.WaitAsync(Patience));
    }

    [Fact]
    public async Task Close_NobodyReads_TheConnectionReadsTheAnswerItself()
    {
        var connection = CreateSut();
        connection.Close(CloseCode.GoingAway);
        _stream.Feed(ClientFrames.Close(CloseCode.GoingAway));

        Assert.Equal(CloseCode.GoingAway, (await connection.Completion.WaitAsync(Patience)).Code);
        Assert.Null(await connection.ReadAsync());
    }

    [Fact]
    public async Task Close_PayloadIsLent_IsNotTouchedBeforeTheNextRead()
    {
        var connection = CreateSut();
        _stream.Feed(ClientFrames.Text("lent"));
        var message = await connection.ReadAsync();
        _stream.Feed(ClientFrames.Text("OVERWRITTEN?"));

        connection.Close(CloseCode.GoingAway);

        Assert.False(connection.IsReading);
        Assert.True(connection.HoldsBuffer);
        Assert.Equal("lent", Encoding.UTF8.GetString(message!.Payload.Span));
        connection.Drain();
        _stream.Feed(ClientFrames.Close(CloseCode.GoingAway));
        Assert.Equal(SocketEndKind.ServerClosed, (await connection.Completion.WaitAsync(Patience)).Kind);
        Assert.False(connection.HoldsBuffer);
    }

    [Fact]
    public async Task ReadAsync_StreamEnds_IsLost()
    {
        var connection = CreateSut();
        _stream.FeedEnd();

        Assert.Null(await connection.ReadAsync());
        Assert.Equal(new SocketEnd(SocketEndKind.Lost, CloseCode.Abnormal), await connection.Completion.WaitAsync(Patience));
    }

    [Fact]
    public async Task ReadAsync_StreamBreaks_IsLostWithItsError()
    {
        var connection = CreateSut();
        _stream.Break();

        Assert.Null(await connection.ReadAsync());
        Assert.IsType<IOException>((await connection.Completion.WaitAsync(Patience)).Error);
    }

    [Fact]
    public async Task ReadAsync_Violation_ClosesWithItsCodeAndLingers()
    {
        var connection = CreateSut();
        _stream.Feed([0xF1, 0x80]);
        var read = connection.ReadAsync();
        await WaitUntilAsync(() => connection.IsLingering);
        Assert.Equal(WireFrame.Close(CloseCode.ProtocolError, "reserved bits are set").Bytes.ToArray(), _stream.Written);

        SweepAfter(_options.FaultLinger);
        Assert.False(connection.Completion.IsCompleted);
        SweepAfter(TimeSpan.FromMilliseconds(1));

        Assert.Null(await read);
        Assert.Equal(new SocketEnd(SocketEndKind.ServerClosed, CloseCode.ProtocolError), await connection.Completion.WaitAsync(Patience));
        Assert.Equal(0, _aborts);
    }

    [Fact]
    public async Task Overflow_ReaderWakes_GetsTheFrameInFlightAndClose4410()
    {
        _options.MaxQueuedBytes = 1000;
        var connection = CreateSut();
        var first = WireFrame.Binary(new byte[100]);
        _stream.Shut();
        Assert.True(connection.Outbox.TryEnqueue(first));
        Assert.True(connection.Outbox.TryEnqueue(WireFrame.Binary(new byte[800])));

        Assert.False(connection.Outbox.TryEnqueue(WireFrame.Binary(new byte[800])));
        Assert.True(connection.Outbox.QueuedBytes < 200);
        _stream.Open();
        _stream.FeedEnd();

        Assert.Equal([.. first.Bytes.Span, .. WireFrame.Close(CloseCode.SlowConsumer, "slow consumer").Bytes.Span], _stream.Written);
        Assert.Equal(CloseCode.SlowConsumer, (await connection.Completion.WaitAsync(Patience)).Code);
    }

    [Fact]
    public async Task Overflow_ReaderDoesNotWake_IsResetAfterTheCloseTimeout()
    {
        _options.MaxQueuedBytes = 1000;
        var connection = CreateSut();
        _stream.Shut();
        connection.Outbox.TryEnqueue([WireFrame.Binary(new byte[900])]);
        connection.Outbox.TryEnqueue(WireFrame.Binary(new byte[900]));

        SweepAfter(_options.CloseTimeout);
        Assert.Equal(0, _aborts);
        SweepAfter(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, _aborts);
        Assert.Equal(new SocketEnd(SocketEndKind.Aborted, CloseCode.SlowConsumer), await connection.Completion.WaitAsync(Patience));
    }

    [Fact]
    public async Task Sweep_WritePendingTooLong_Resets()
    {
        var connection = CreateSut();
        _stream.Shut();
        connection.Outbox.TryEnqueue(WireFrame.Binary(new byte[10]));

        SweepAfter(_options.WriteTimeout);
        Assert.Equal(0, _aborts);
        SweepAfter(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, _aborts);
        Assert.Equal(new SocketEnd(SocketEndKind.Aborted, CloseCode.SlowConsumer), await connection.Completion.WaitAsync(Patience));
        CreateSweeper().Sweep();
        Assert.Equal(0, _sockets.Count);
    }

    [Fact]
    public async Task Sweep_SilentClient_IsClosedWith4408()
    {
        var connection = CreateSut();
        var read = connection.ReadAsync();
        SweepAfter(_options.IdleTimeout);
        Assert.Equal(0, connection.ClosingSince);
        _stream.Feed(ClientFrames.Ping(""));
        await WaitUntilAsync(() => _stream.Written.Length > 0);
        SweepAfter(_options.IdleTimeout);
        Assert.Equal(0, connection.ClosingSince);

        SweepAfter(TimeSpan.FromMilliseconds(1));

        Assert.Equal(WireFrame.Close(CloseCode.HeartbeatTimeout, "heartbeat timeout").Bytes.ToArray(), _stream.Written[2..]);
        SweepAfter(_options.CloseTimeout + TimeSpan.FromMilliseconds(1));
        Assert.Null(await read);
        Assert.Equal(new SocketEnd(SocketEndKind.Aborted, CloseCode.HeartbeatTimeout), await connection.Completion.WaitAsync(Patience));
    }

    [Fact]
    public async Task Sweep_NobodyAsksForMessages_SilenceIsNotTheClients()
    {
        var connection = CreateSut();
        _stream.Feed([.. ClientFrames.Text("one"), .. ClientFrames.Text("begun", fin: false)]);
        await connection.ReadAsync();

        SweepAfter(_options.IdleTimeout * 2);
        Assert.Equal(0, connection.ClosingSince);
        var read = connection.ReadAsync();
        SweepAfter(_options.MessageTimeout);

        Assert.Equal(0, connection.ClosingSince);
        connection.Abort(CloseCode.GoingAway);
        Assert.Null(await read);
    }

    [Fact]
    public async Task Sweep_MessageNotCompleteInTime_IsClosedWith1008()
    {
        var connection = CreateSut();
        var read = connection.ReadAsync();
        _stream.Feed(ClientFrames.Text("begun", fin: false));
        await WaitUntilAsync(() => connection.IncompleteSince != 0);
        for (var i = 0; i < 10; i++)
        {
            SweepAfter(TimeSpan.FromSeconds(1));
            var written = _stream.Written.Length;
            _stream.Feed([.. ClientFrames.Frame(0, [], fin: false), .. ClientFrames.Ping("")]);
            await WaitUntilAsync(() => _stream.Written.Length > written);
        }

        Assert.Equal(0, connection.ClosingSince);
        SweepAfter(TimeSpan.FromMilliseconds(1));

        Assert.NotEqual(0, connection.ClosingSince);
        connection.Abort(CloseCode.PolicyViolation);
        Assert.Null(await read);
        var close = WireFrame.Close(CloseCode.PolicyViolation, "message not complete in time").Bytes.ToArray();
        Assert.Equal(close, _stream.Writes[^1]);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<string> ReadTextAsync(SocketConnection connection)
    {
        var message = await connection.ReadAsync();
        Assert.True(message!.IsText);
        return Encoding.UTF8.GetString(message.Payload.Span);
    }

    private void SweepAfter(TimeSpan time)
    {
        _time.Advance(time);
        CreateSweeper().Sweep();
    }

    private ConnectionSweeper CreateSweeper() => new(_sockets, Options.Create(_options), _time);

    private SocketConnection CreateSut()
    {
        var connection = new SocketConnection(_stream, Abort, _options, _time);
        _sockets.Track(connection);
        return connection;
    }

    private void Abort()
    {
        _aborts++;
        _stream.Break();
    }
}
