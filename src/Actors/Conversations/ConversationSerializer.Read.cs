using System.Runtime.Serialization;
using Akka.Actor;
using QuikApp.Actors.Conversations.Proto;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

/// <content>From bytes to messages.</content>
internal sealed partial class ConversationSerializer
{
    private object FromProto(byte[] bytes, string manifest)
    {
        switch (manifest)
        {
            case ExecuteV1Manifest:
                return Read(ExecuteV1.Parser.ParseFrom(bytes));
            case ExecutedV1Manifest:
                return Read(ExecutedV1.Parser.ParseFrom(bytes));
            case RequestAccessV1Manifest:
                var request = AccessQuestionV1.Parser.ParseFrom(bytes);
                return new RequestAccess(StreamId.Parse(request.Stream), WireValues.Read(request.Requester), request.Correlation, Actor(request.Asker));
            case CheckAccessV1Manifest:
                var check = AccessQuestionV1.Parser.ParseFrom(bytes);
                return new CheckAccess(StreamId.Parse(check.Stream), WireValues.Read(check.Requester), check.Correlation, Actor(check.Asker));
            case AccessGrantedV1Manifest:
                var granted = AccessGrantedV1.Parser.ParseFrom(bytes);
                return new AccessGranted(
                    granted.Correlation, granted.Head, WireValues.ChannelOf(granted.Channel) is { } channel ? new TopicContext(channel) : null,
                    [.. granted.Authorities.Select(StreamId.Parse)]);
            case AccessRefusedV1Manifest:
                var refused = AccessRefusedV1.Parser.ParseFrom(bytes);
                return new AccessRefused(refused.Correlation, WireValues.Read(refused.Why) ?? Refusal.Unavailable);
            case RenewLeaseV1Manifest:
                var renewal = ListenerV1.Parser.ParseFrom(bytes);
                return new RenewLease(StreamId.Parse(renewal.Stream), Actor(renewal.Listener));
            case LeaseRenewedV1Manifest:
                return new LeaseRenewed(LeaseRenewedV1.Parser.ParseFrom(bytes).Head);
            case ReleaseLeaseV1Manifest:
                var release = ListenerV1.Parser.ParseFrom(bytes);
                return new ReleaseLease(StreamId.Parse(release.Stream), Actor(release.Listener));
            case FollowV1Manifest:
                var follow = ListenerV1.Parser.ParseFrom(bytes);
                return new Follow(StreamId.Parse(follow.Stream), Actor(follow.Listener));
            case FollowedV1Manifest:
                return new Followed(SnapshotProto.ReadState(FollowedV1.Parser.ParseFrom(bytes).State));
            case WakeV1Manifest:
                return new Wake(StreamId.Parse(WakeV1.Parser.ParseFrom(bytes).Stream));
            case PublishedV1Manifest:
                var published = PublishedV1.Parser.ParseFrom(bytes);
                return new Published(
                    [.. published.Events.Select(WireValues.Read)],
                    [.. published.Answers.Select(answer => new Answer(Actor(answer.To), Read(answer.What)))]);
            case RelayTypingV1Manifest:
                var typing = RelayTypingV1.Parser.ParseFrom(bytes);
                return new RelayTyping(StreamId.Parse(typing.Stream), WireValues.Read(typing.Requester), typing.Started);
            case TypingRelayedV1Manifest:
                var typed = TypingRelayedV1.Parser.ParseFrom(bytes);
                return new TypingRelayed(UserId.Parse(typed.User), typed.Started);
            case AttachV1Manifest:
                var attach = AttachV1.Parser.ParseFrom(bytes);
                return new Attach(StreamId.Parse(attach.Stream), WireValues.Read(attach.Requester), attach.Attached, Actor(attach.Hub));
            case SignalV1Manifest:
                var signal = SignalV1.Parser.ParseFrom(bytes);
                return new Signal(
                    StreamId.Parse(signal.Stream), WireValues.Read(signal.Requester), WireValues.Read(signal.What), signal.Correlation,
                    Actor(signal.ReplyTo), signal.HasVia ? Actor(signal.Via) : null);
            case SignalRelayedV1Manifest:
                var relayed = SignalRelayedV1.Parser.ParseFrom(bytes);
                return new SignalRelayed(UserId.Parse(relayed.From), WireValues.Read(relayed.What), [.. relayed.Sessions]);
            default:
                throw new SerializationException($"unknown conversation manifest '{manifest}'");
        }
    }

    private Execute Read(ExecuteV1 m) => new(
        StreamId.Parse(m.Stream),
        WireCommands.Read(m) ?? throw new SerializationException($"a command of a later release: {m.CommandCase}"),
        m.Correlation,
        Actor(m.ReplyTo),
        m.HasVia ? Actor(m.Via) : null)
    {
        IsRepeat = m.Repeat,
    };

    private static Executed Read(ExecutedV1 m) =>
        new(m.Correlation, WireValues.Read(m.Receipt), WireValues.Read(m.Refusal)) { IsRepeat = m.Repeat };

    private IActorRef Actor(string path) => path.Length == 0 ? ActorRefs.Nobody : system.Provider.ResolveActorRef(path);
}
