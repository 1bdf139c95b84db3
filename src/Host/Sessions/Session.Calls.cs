using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Sessions;

// Pushes of a user's own topic and of calls.
internal sealed partial class Session
{
    private Refusal? OnStatus(JoinedTopic topic, in ClientFrame frame)
    {
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

    private Refusal? OnAccept(JoinedTopic topic, in ClientFrame frame) =>
        OnCallStep(topic, frame, accepting: true, step => new ConversationCommand.AcceptCall(Requester, step.Takeover));

    private Refusal? OnDecline(JoinedTopic topic, in ClientFrame frame) =>
        OnCallStep(topic, frame, accepting: false, _ => new ConversationCommand.DeclineCall(Requester));

    private Refusal? OnEnd(JoinedTopic topic, in ClientFrame frame) =>
        OnCallStep(topic, frame, accepting: false, _ => new ConversationCommand.EndCall(Requester));

    private Refusal? OnCallStep(JoinedTopic topic, in ClientFrame frame, bool accepting, Func<CallStep, ConversationCommand> command)
    {
        if (!CallStep.TryParse(frame.Payload.Span, accepting, out var m, out var refusal))
            return refusal;
        if (IsOther(topic, m.Call))
            return Refusal.InvalidPayload(PayloadFault.BadFormat, "callId");
        Execute(topic, frame.Ref, command(m));
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
