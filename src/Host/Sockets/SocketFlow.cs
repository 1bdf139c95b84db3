using Akka.Streams;
using Akka.Streams.Stage;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>
/// A socket as one stage: what goes in is sent, what the client sends comes out. Made to be joined with a session:
/// <c>Flow.FromGraph(new SocketFlow(connection)).Join(session)</c> is one fused graph, one actor.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A read is pending as long as there is demand. A payload is valid until the next pull.</item>
/// <item>
/// The inlet always takes: the outbox is the one bound. A sender of much awaits <see cref="Outbox.WhenRoom"/> between pages.
/// Frames that are handed to <see cref="Outbox.TryEnqueue(WireFrame)"/> directly may overtake one that was pushed in the same
/// handler, so a session uses one way or the other.
/// </item>
/// <item>
/// The stage completes when the socket brings nothing more. A session that wants another close code than 1001 (it completed) or
/// 1011 (it failed) calls <see cref="SocketConnection.Close"/> first.
/// </item>
/// </list>
/// The materialised task is <see cref="SocketConnection.Completion"/>.
/// </remarks>
internal sealed class SocketFlow : GraphStageWithMaterializedValue<FlowShape<WireFrame, SocketMessage>, Task<SocketEnd>>
{
    private readonly SocketConnection _connection;
    private readonly Inlet<WireFrame> _in = new("socket.in");
    private readonly Outlet<SocketMessage> _out = new("socket.out");

    public SocketFlow(SocketConnection connection)
    {
        _connection = connection;
        Shape = new FlowShape<WireFrame, SocketMessage>(_in, _out);
    }

    /// <inheritdoc/>
    public override FlowShape<WireFrame, SocketMessage> Shape { get; }

    /// <inheritdoc/>
    public override ILogicAndMaterializedValue<Task<SocketEnd>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes) =>
        new LogicAndMaterializedValue<Task<SocketEnd>>(new Logic(this), _connection.Completion);

    private sealed class Logic : InAndOutGraphStageLogic
    {
        private readonly SocketFlow _stage;
        private readonly SocketConnection _connection;
        private readonly Action<ReadResult> _onRead;

        public Logic(SocketFlow stage)
            : base(stage.Shape)
        {
            _stage = stage;
            _connection = stage._connection;
            _onRead = GetAsyncCallback<ReadResult>(OnRead);
            SetHandler(stage._in, this);
            SetHandler(stage._out, this);
        }

        public override void PreStart() => Pull(_stage._in);

        /// <summary>However the stage stops, also with its actor system, the client is told. No effect on a socket that closes already.</summary>
        public override void PostStop()
        {
            _connection.Close(CloseCode.ServiceRestart);
            _connection.Drain();
        }

        public override void OnPush()
        {
            // False means that the socket is closing or gone: the outlet tells the session.
            _connection.Outbox.TryEnqueue(Grab(_stage._in));
            Pull(_stage._in);
        }

        public override void OnPull()
        {
            var read = _connection.ReadAsync();
            if (read.IsCompletedSuccessfully)
                OnRead(new ReadResult(read.Result, null));
            else
                _ = AwaitAsync(read);
        }

        public override void OnUpstreamFinish()
        {
            _connection.Close(CloseCode.GoingAway);
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _connection.Close(CloseCode.InternalError);
            FailStage(e);
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (cause is SubscriptionWithCancelException.NonFailureCancellation)
                OnUpstreamFinish();
            else
                OnUpstreamFailure(cause);
        }

        private void OnRead(ReadResult result)
        {
            if (result.Error is not null)
                OnUpstreamFailure(result.Error);
            else if (result.Message is null)
                CompleteStage();
            else
                Push(_stage._out, result.Message);
        }

        private async Task AwaitAsync(ValueTask<SocketMessage?> read)
        {
            ReadResult result;
            try
            {
                result = new ReadResult(await read.ConfigureAwait(false), null);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                result = new ReadResult(null, error);
            }

            _onRead(result);
        }

        private readonly record struct ReadResult(SocketMessage? Message, Exception? Error);
    }
}
