using Akka.Actor;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Delivery;

// Typing is relayed, never journaled. Each hub ends it by itself, so that a lost stop, a dead socket or a dead node
// leaves nobody typing for ever.
internal sealed partial class TopicHub
{
    private readonly HashSet<UserId> _typing = [];

    private void OnTyping(TypingRelayed m)
    {
        if (!m.Started)
        {
            StopTyping(m.User);
            return;
        }

        _typing.Add(m.User);
        Timers.StartSingleTimer(m.User, new TypingExpired(m.User), _services.Options.TypingExpiry);
        Relay(m.User, started: true);
    }

    private void StopTyping(UserId user)
    {
        if (!_typing.Remove(user))
            return;
        Timers.Cancel(user);
        Relay(user, started: false);
    }

    private void Relay(UserId user, bool started)
    {
        if (_context is not { } context)
            return;
        ThreadId? thread = _topic.Kind == TopicKind.Thread ? ThreadId.Parse(_topic.Id) : null;
        var e = BroadcastEvent.Unnumbered(
            _topic,
            started ? EventNames.TypingStart : EventNames.TypingStop,
            json => NoticePayload.WriteTyping(json, user, context.Channel, thread));
        foreach (var subscriber in _live.All)
        {
            if (subscriber.Requester.User != user)
                subscriber.Deliver(e.Frame(subscriber.Version));
        }
    }

    private sealed record TypingExpired(UserId User) : INoSerializationVerificationNeeded;
}
