using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using QuikApp.Actors.LongPoll.Proto;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Actors.LongPoll;

/// <summary>Writes <see cref="LongPollMessages"/> as Protobuf, by an explicit list of manifests.</summary>
internal sealed class LongPollSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Fixed for ever: nodes of two releases may talk to each other.</summary>
    public const int FixedIdentifier = 1710;

    private const string PollV1Manifest = "poll.v1";
    private const string PushV1Manifest = "push.v1";
    private const string PolledV1Manifest = "polled.v1";
    private const string PushedV1Manifest = "pushed.v1";

    public override int Identifier => FixedIdentifier;

    public override string Manifest(object o) => o switch
    {
        LongPollMessages.Poll => PollV1Manifest,
        LongPollMessages.Push => PushV1Manifest,
        LongPollMessages.Polled => PolledV1Manifest,
        LongPollMessages.Pushed => PushedV1Manifest,
        _ => throw new ArgumentException($"not a message of the long poll: {o?.GetType()}", nameof(o)),
    };

    public override byte[] ToBinary(object obj) => ToProto(obj).ToByteArray();

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        PollV1Manifest => FromProto(PollV1.Parser.ParseFrom(bytes)),
        PushV1Manifest => FromProto(PushV1.Parser.ParseFrom(bytes)),
        PolledV1Manifest => FromProto(PolledV1.Parser.ParseFrom(bytes)),
        PushedV1Manifest => FromProto(PushedV1.Parser.ParseFrom(bytes)),
        _ => throw new SerializationException($"unknown long poll manifest '{manifest}'"),
    };

    private static IMessage ToProto(object message)
    {
        switch (message)
        {
            case LongPollMessages.Poll m:
                return new PollV1 { Session = m.Session, User = m.User, Received = m.Received };
            case LongPollMessages.Push m:
                var push = new PushV1 { Session = m.Session, User = m.User, Received = m.Received };
                push.Frames.AddRange(m.Frames.Select(ToProto));
                return push;
            case LongPollMessages.Polled m:
                var polled = new PolledV1 { Status = (int)m.Status, Through = m.Through, Code = m.Code, Reason = m.Reason };
                polled.Frames.AddRange(m.Frames.Select(ToProto));
                return polled;
            case LongPollMessages.Pushed m:
                return new PushedV1 { Status = (int)m.Status, Message = m.Message };
            default:
                throw new ArgumentException($"not a message of the long poll: {message.GetType()}", nameof(message));
        }
    }

    // Frames are never changed again, so the bytes need no copy either way.
    private static FrameV1 ToProto(PollFrame frame) =>
        new() { Binary = frame.IsBinary, Bytes = UnsafeByteOperations.UnsafeWrap(frame.Bytes) };

    private static LongPollMessages.Poll FromProto(PollV1 m) => new(m.Session, m.User, m.Received);

    private static LongPollMessages.Push FromProto(PushV1 m) => new(m.Session, m.User, m.Received, FromProto(m.Frames));

    private static LongPollMessages.Polled FromProto(PolledV1 m) =>
        new((PollStatus)m.Status, FromProto(m.Frames), m.Through, m.Code, m.Reason);

    private static LongPollMessages.Pushed FromProto(PushedV1 m) => new((PollStatus)m.Status, m.Message);

    private static PollFrame[] FromProto(RepeatedField<FrameV1> frames) =>
        [.. frames.Select(frame => new PollFrame(frame.Binary, frame.Bytes.Memory))];
}
