using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Sessions;

// Pushes of a user's own topic and of calls.
internal sealed partial class Session
{
    private Refusal? OnUserPush(JoinedTopic topic, in ClientFrame frame)
    {
        if (frame.Event.Text != "presence:update")
            return Refusal.InvalidEvent;
        if (!UpdatePresence.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;

        var expiresAt = m.ExpiresAt is { } end ? (end - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : (long?)null;
        Execute(topic, frame.Ref, new ConversationCommand.SetStatus(Requester, m.Status, m.StatusText, expiresAt));
        return null;
    }

    private Refusal? OnStartCall(JoinedTopic topic, in ClientFrame frame)
    {
        if (!StartCall.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        Execute(topic, frame.Ref, new ConversationCommand.StartCall(Requester, _services.Conversation.Ids.NewCall(), m.Media), ReplyShape.Call);
        return null;
    }

    private Refusal? OnCallPush(JoinedTopic topic, in ClientFrame frame)
    {
        switch (frame.Event.Text)
        {
            case "call:signal":
                return OnSignal(topic, frame);
            case "call:accept" or "call:decline" or "call:end":
                break;
            default:
                return Refusal.InvalidEvent;
        }

        var accepts = frame.Event.Text == "call:accept";
        if (!CallStep.TryParse(frame.Payload.Span, accepts, out var m, out var refusal))
            return refusal;
        if (IsOther(topic, m.Call))
            return Refusal.InvalidPayload(PayloadFault.BadFormat, "callId");

        ConversationCommand command = frame.Event.Text switch
        {
            "call:accept" => new ConversationCommand.AcceptCall(Requester, m.Takeover),
            "call:decline" => new ConversationCommand.DeclineCall(Requester),
            _ => new ConversationCommand.EndCall(Requester),
        };
        Execute(topic, frame.Ref, command);
        return null;
    }

    private Refusal? OnSignal(JoinedTopic topic, in ClientFrame frame)
    {
        if (!CallSignal.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        if (IsOther(topic, m.Call))
            return Refusal.InvalidPayload(PayloadFault.BadFormat, "callId");

        var correlation = Await(topic, frame.Ref, ReplyShape.Empty);
        _services.Conversations.Tell(new ConversationMessages.Signal(topic.Stream, Requester, m, correlation, Self, topic.Hub), Self);
        return null;
    }

    private static bool IsOther(JoinedTopic topic, CallId? call) => call is { } named && named.Value != topic.Topic.Id;
}
