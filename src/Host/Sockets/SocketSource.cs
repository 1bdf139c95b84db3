using Akka.Streams;
using Akka.Streams.Stage;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>
/// A socket's messages as a stream. Made to be run into a session's sink:
/// <c>Source.FromGraph(new SocketSource(connection)).To(session)</c> is one fused graph, one actor.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A read is pending as long as there is demand. A payload is valid until the next pull.</item>
/// <item>
/// What is sent does not pass through the graph: sessions and hubs hand frames to <see cref="Outbox.TryEnqueue(WireFrame)"/>,
/// the one bounded queue that decides their order (ADR 0004). A sender of much awaits <see cref="Outbox.WhenRoom"/> between pages.
/// </item>
/// <item>
/// The stage completes when the socket brings nothing more. A session that wants another close code than 1001 (it completed) or
/// 1011 (it failed) calls <see cref="SocketConnection.Close"/> first.
/// </item>
/// </list>
/// The materialised task is <see cref="SocketConnection.Completion"/>.
/// </remarks>
internal sealed class SocketSource : GraphStageWithMaterializedValue<SourceShape<SocketMessage>, Task<SocketEnd>>
{
    private readonly SocketConnection _connection;
    private readonly Outlet<SocketMessage> _out = new("socket.out");

    public SocketSource(SocketConnection connection)
    {
        _connection = connection;
        Shape = new SourceShape<SocketMessage>(_out);
    }

    /// <inheritdoc/>
    public override SourceShape<SocketMessage> Shape { get; }

    /// <inheritdoc/>
    public override ILogicAndMaterializedValue<Task<SocketEnd>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes) =>
        new LogicAndMaterializedValue<Task<SocketEnd>>(new Logic(this), _connection.Completion);

    private sealed class Logic : OutGraphStageLogic
    {
        private readonly SocketSource _stage;
        private readonly SocketConnection _connection;
        private readonly Action<ReadResult> _onRead;

        public Logic(SocketSource stage)
            : base(stage.Shape)
        {
            _stage = stage;
            _connection = stage._connection;
            _onRead = GetAsyncCallback<ReadResult>(OnRead);
            SetHandler(stage._out, this);
        }

        /// <summary>However the stage stops, also with its actor system, the client is told. No effect on a socket that closes already.</summary>
        public override void PostStop()
        {
            _connection.Close(CloseCode.ServiceRestart);
            _connection.Drain();
        }

        public override void OnPull()
        {
            var read = _connection.ReadAsync();
            if (read.IsCompletedSuccessfully)
                OnRead(new ReadResult(read.Result, null));
            else
                _ = AwaitAsync(read);
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (cause is SubscriptionWithCancelException.NonFailureCancellation)
            {
                _connection.Close(CloseCode.GoingAway);
                CompleteStage();
            }
            else
            {
                Fail(cause);
            }
        }

        private void Fail(Exception cause)
        {
            _connection.Close(CloseCode.InternalError);
            FailStage(cause);
        }

        private void OnRead(ReadResult result)
        {
            if (result.Error is not null)
                Fail(result.Error);
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
