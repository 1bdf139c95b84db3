using Akka.Streams;
using Akka.Streams.Stage;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>The smallest session: it sends every message back as it came.</summary>
internal sealed class EchoSession(SocketConnection connection) : GraphStage<SinkShape<SocketMessage>>
{
    private readonly Inlet<SocketMessage> _in = new("echo.in");

    public override SinkShape<SocketMessage> Shape => new(_in);

    private SocketConnection Connection => connection;

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly EchoSession _stage;

        public Logic(EchoSession stage)
            : base(stage.Shape)
        {
            _stage = stage;
            SetHandler(stage._in, this);
        }

        public override void PreStart() => Pull(_stage._in);

        public override void OnPush()
        {
            var message = Grab(_stage._in);
            var payload = message.Payload.Span;
            if (payload.SequenceEqual("fail"u8))
                throw new FormatException("asked for");
            if (payload.SequenceEqual("complete"u8))
            {
                CompleteStage();
                return;
            }

            _stage.Connection.Outbox.TryEnqueue(message.IsText ? WireFrame.Text(payload) : WireFrame.Binary(payload));
            Pull(_stage._in);
        }
    }
}
