using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;

namespace QuikApp.Cluster.Workload;

/// <summary>A WebSocket that speaks Phoenix V2.</summary>
internal sealed class PhoenixSocket : IDisposable
{
    private const string Join = "phx_join";
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly Action<Frame> _onEvent;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, Pending> _pending = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpMessageInvoker? _invoker;
    private int _refs;

    private PhoenixSocket(Action<Frame> onEvent) => _onEvent = onEvent;

    /// <summary>This side's port: what a firewall knows the connection by.</summary>
    public int LocalPort { get; private set; }

    /// <summary>Ends with the close code, or with <c>gone</c> where there was none.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>Connects.</summary>
    /// <param name="node">The node's address.</param>
    /// <param name="token">Who it is.</param>
    /// <param name="onEvent">Gets every frame that answers nothing, in order, before later answers are given.</param>
    /// <param name="receiveBuffer">The system's buffer for what is not read yet; 0: as it comes.</param>
    /// <exception cref="ConnectionGoneException">It could not.</exception>
    public static async Task<PhoenixSocket> ConnectAsync(Uri node, string token, Action<Frame> onEvent, int receiveBuffer = 0)
    {
        var socket = new PhoenixSocket(onEvent);
        try
        {
            await socket.OpenAsync(node, token, receiveBuffer);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or OperationCanceledException or SocketException or IOException)
        {
            socket.Dispose();
            throw new ConnectionGoneException($"{node} cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>Starts to read. Until then nothing is taken from the connection.</summary>
    public PhoenixSocket Listen()
    {
        _ = Task.Run(ReceiveAsync);
        return this;
    }

    /// <summary>Pushes and waits for the answer.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="event">The event.</param>
    /// <param name="payload">What becomes the payload's JSON.</param>
    /// <param name="limit">How long it waits.</param>
    /// <param name="joinRef">The ref of the topic's join; null: whichever join there is.</param>
    /// <param name="onReply">Gets the answer before any frame that comes after it.</param>
    /// <exception cref="ConnectionGoneException">The connection went first.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public async Task<Reply> PushAsync(
        string topic, string @event, object payload, TimeSpan limit, string? joinRef = null, Action<string, Reply>? onReply = null)
    {
        var reference = Interlocked.Increment(ref _refs).ToString(CultureInfo.InvariantCulture);
        var pending = _pending[reference] = new Pending(onReply);
        if (Closed.IsCompleted)
            throw new ConnectionGoneException($"it is closed: {await Closed}");
        try
        {
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { @event == Join ? reference : joinRef, reference, topic, @event, payload }), limit);
            return await pending.Answer.Task.WaitAsync(limit);
        }
        finally
        {
            _pending.TryRemove(reference, out _);
        }
    }

    /// <summary>Pushes without waiting for an answer: for who does not read.</summary>
    public Task PushBlindAsync(string topic, string @event, object payload, TimeSpan limit) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { "1", "1", topic, @event, payload }), limit);

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _invoker?.Dispose();
        _sending.Dispose();
    }

    private async Task OpenAsync(Uri node, string token, int receiveBuffer)
    {
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancel) =>
            {
                var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (receiveBuffer > 0)
                    tcp.ReceiveBufferSize = receiveBuffer;
                try
                {
                    await tcp.ConnectAsync(context.DnsEndPoint, cancel);
                    LocalPort = ((IPEndPoint)tcp.LocalEndPoint!).Port;
                    return new NetworkStream(tcp, ownsSocket: true);
                }
                catch
                {
                    tcp.Dispose();
                    throw;
                }
            },
        };
        _invoker = new HttpMessageInvoker(handler);
        using var limit = new CancellationTokenSource(ConnectLimit);
        await _socket.ConnectAsync(new UriBuilder(new Uri(node, "/socket/websocket?vsn=2.0.0")) { Scheme = "ws" }.Uri, _invoker, limit.Token);
    }

    private async Task SendAsync(byte[] frame, TimeSpan limit)
    {
        using var cancel = new CancellationTokenSource(limit);
        try
        {
            await _sending.WaitAsync(cancel.Token);
            try
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancel.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException or IOException)
        {
            throw new ConnectionGoneException("the push could not be sent", e);
        }
    }

    private async Task ReceiveAsync()
    {
        var code = "gone";
        try
        {
            var buffer = new byte[1 << 16];
            var message = new MemoryStream();
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    code = ((int?)_socket.CloseStatus)?.ToString(CultureInfo.InvariantCulture) ?? "none";
                    break;
                }

                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(Frame.Parse(message.GetBuffer().AsMemory(0, (int)message.Length)));
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Cut by whomever.
        }
        finally
        {
            _closed.TrySetResult(code);
            foreach (var pending in _pending.Values)
                pending.Answer.TrySetException(new ConnectionGoneException($"closed: {code}"));
        }
    }

    private void Take(Frame frame)
    {
        if (frame.Event == "phx_reply" && frame.Ref is { } reference && _pending.TryGetValue(reference, out var pending))
        {
            var reply = Reply.Of(frame.Payload);
            pending.OnReply?.Invoke(reference, reply);
            pending.Answer.TrySetResult(reply);
        }
        else if (frame.Event != "phx_reply")
        {
            _onEvent(frame);
        }
    }

    private sealed record Pending(Action<string, Reply>? OnReply)
    {
        public TaskCompletionSource<Reply> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
