using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using QuikApp.Actors.Conversations.Proto;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

/// <summary>Writes what conversations, hubs, copies and sessions of different nodes say to each other as Protobuf, by an explicit list of manifests.</summary>
internal sealed partial class ConversationSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Fixed for ever: nodes of two releases may talk to each other.</summary>
    public const int FixedIdentifier = 1711;

    private const string ExecuteV1Manifest = "execute.v1";
    private const string ExecutedV1Manifest = "executed.v1";
    private const string RequestAccessV1Manifest = "request-access.v1";
    private const string CheckAccessV1Manifest = "check-access.v1";
    private const string AccessGrantedV1Manifest = "access-granted.v1";
    private const string AccessRefusedV1Manifest = "access-refused.v1";
    private const string RenewLeaseV1Manifest = "renew-lease.v1";
    private const string LeaseRenewedV1Manifest = "lease-renewed.v1";
    private const string ReleaseLeaseV1Manifest = "release-lease.v1";
    private const string FollowV1Manifest = "follow.v1";
    private const string FollowedV1Manifest = "followed.v1";
    private const string WakeV1Manifest = "wake.v1";
    private const string PublishedV1Manifest = "published.v1";
    private const string RelayTypingV1Manifest = "relay-typing.v1";
    private const string TypingRelayedV1Manifest = "typing-relayed.v1";
    private const string AttachV1Manifest = "attach.v1";
    private const string SignalV1Manifest = "signal.v1";
    private const string SignalRelayedV1Manifest = "signal-relayed.v1";

    public override int Identifier => FixedIdentifier;

    public override string Manifest(object o) => o switch
    {
        Execute => ExecuteV1Manifest,
        Executed => ExecutedV1Manifest,
        RequestAccess => RequestAccessV1Manifest,
        CheckAccess => CheckAccessV1Manifest,
        AccessGranted => AccessGrantedV1Manifest,
        AccessRefused => AccessRefusedV1Manifest,
        RenewLease => RenewLeaseV1Manifest,
        LeaseRenewed => LeaseRenewedV1Manifest,
        ReleaseLease => ReleaseLeaseV1Manifest,
        Follow => FollowV1Manifest,
        Followed => FollowedV1Manifest,
        Wake => WakeV1Manifest,
        Published => PublishedV1Manifest,
        RelayTyping => RelayTypingV1Manifest,
        TypingRelayed => TypingRelayedV1Manifest,
        Attach => AttachV1Manifest,
        Signal => SignalV1Manifest,
        SignalRelayed => SignalRelayedV1Manifest,
        _ => throw new ArgumentException($"not a message between conversations: {o?.GetType()}", nameof(o)),
    };

    public override byte[] ToBinary(object obj) => ToProto(obj).ToByteArray();

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return FromProto(bytes, manifest);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or JournalFormatException or FormatException or ArgumentException)
        {
            throw new SerializationException($"a message '{manifest}' cannot be read", e);
        }
    }

    private static IMessage ToProto(object message) => message switch
    {
        Execute m => Write(m),
        Executed m => Write(m),
        RequestAccess m => Question(m.Stream, m.Requester, m.Correlation, m.Hub),
        CheckAccess m => Question(m.Stream, m.Requester, m.Correlation, m.ReplyTo),
        AccessGranted m => Write(m),
        AccessRefused m => new AccessRefusedV1 { Correlation = m.Correlation, Why = WireValues.Write(m.Why) },
        RenewLease m => Listener(m.Stream, m.Hub),
        ReleaseLease m => Listener(m.Stream, m.Hub),
        Follow m => Listener(m.Stream, m.Follower),
        LeaseRenewed m => new LeaseRenewedV1 { Head = m.Head },
        Followed m => new FollowedV1 { State = SnapshotProto.Write(m.State) },
        Wake m => new WakeV1 { Stream = m.Stream.Value },
        Published m => Write(m),
        RelayTyping m => new RelayTypingV1 { Stream = m.Stream.Value, Requester = WireValues.Write(m.Requester), Started = m.Started },
        TypingRelayed m => new TypingRelayedV1 { User = m.User.Value, Started = m.Started },
        Attach m => new AttachV1
        {
            Stream = m.Stream.Value,
            Requester = WireValues.Write(m.Requester),
            Attached = m.Attached,
            Hub = Path(m.Hub),
        },
        Signal m => Write(m),
        SignalRelayed m => Write(m),
        _ => throw new ArgumentException($"not a message between conversations: {message.GetType()}", nameof(message)),
    };

    private static ExecuteV1 Write(Execute m)
    {
        var proto = new ExecuteV1 { Stream = m.Stream.Value, Correlation = m.Correlation, ReplyTo = Path(m.ReplyTo), Repeat = m.IsRepeat };
        WireCommands.Write(m.Command, proto);
        if (m.Via is not null)
            proto.Via = Path(m.Via);
        return proto;
    }

    private static ExecutedV1 Write(Executed m) => new()
    {
        Correlation = m.Correlation,
        Receipt = WireValues.Write(m.Receipt),
        Refusal = WireValues.Write(m.Refusal),
        Repeat = m.IsRepeat,
    };

    private static AccessQuestionV1 Question(StreamId stream, Requester requester, long correlation, IActorRef asker) =>
        new() { Stream = stream.Value, Requester = WireValues.Write(requester), Correlation = correlation, Asker = Path(asker) };

    private static ListenerV1 Listener(StreamId stream, IActorRef listener) => new() { Stream = stream.Value, Listener = Path(listener) };

    private static AccessGrantedV1 Write(AccessGranted m)
    {
        var proto = new AccessGrantedV1 { Correlation = m.Correlation, Head = m.Head, Channel = m.Context?.Channel.Value ?? "" };
        proto.Authorities.AddRange(m.Authorities.Select(authority => authority.Value));
        return proto;
    }

    private static PublishedV1 Write(Published m)
    {
        var proto = new PublishedV1();
        proto.Events.AddRange(m.Events.Select(WireValues.Write));
        proto.Answers.AddRange(m.Answers.Select(answer => new AnswerV1 { To = Path(answer.To), What = Write(answer.What) }));
        return proto;
    }

    private static SignalV1 Write(Signal m)
    {
        var proto = new SignalV1
        {
            Stream = m.Stream.Value,
            Requester = WireValues.Write(m.Requester),
            What = WireValues.Write(m.What),
            Correlation = m.Correlation,
            ReplyTo = Path(m.ReplyTo),
        };
        if (m.Via is not null)
            proto.Via = Path(m.Via);
        return proto;
    }

    private static SignalRelayedV1 Write(SignalRelayed m)
    {
        var proto = new SignalRelayedV1 { From = m.From.Value, What = WireValues.Write(m.What) };
        proto.Sessions.AddRange(m.Sessions);
        return proto;
    }

    private static string Path(IActorRef actor) => actor.IsNobody() ? "" : Akka.Serialization.Serialization.SerializedActorPath(actor);
}
