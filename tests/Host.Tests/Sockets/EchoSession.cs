using Akka.Streams;
using Akka.Streams.Stage;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>The smallest session: it sends every message back as it came.</summary>
internal sealed class EchoSession : GraphStage<FlowShape<SocketMessage, WireFrame>>
{
    private readonly Inlet<SocketMessage> _in = new("echo.in");
    private readonly Outlet<WireFrame> _out = new("echo.out");

    public override FlowShape<SocketMessage, WireFrame> Shape => new(_in, _out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

    private sealed class Logic : InAndOutGraphStageLogic
    {
        private readonly EchoSession _stage;

        public Logic(EchoSession stage)
            : base(stage.Shape)
        {
            _stage = stage;
            SetHandler(stage._in, this);
            SetHandler(stage._out, this);
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

            Emit(_stage._out, message.IsText ? WireFrame.Text(payload) : WireFrame.Binary(payload), () => Pull(_stage._in));
        }

        public override void OnPull()
        {
        }
    }
}
