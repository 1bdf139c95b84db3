using QuikApp.Actors.Conversations;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Sessions;

// Pushes of a joined topic: parsed strictly, then decided by the conversation with the membership of that moment.
internal sealed partial class Session
{
    private void OnPush(JoinedTopic topic, in ClientFrame frame)
    {
        var refusal = frame switch
        {
            // Every payload of the API is a JSON object.
            { IsBinary: true } => Refusal.InvalidPayload(PayloadFault.NotJson),
            // Where one is online is said by being connected, and how, to the user's own topic.
            { Event.Text: not "access_token" } when topic.Topic.Kind is TopicKind.Presence => Refusal.InvalidEvent,
            { Event.Text: "message:send" } => OnSend(topic, frame),
            { Event.Text: "message:update" } => OnUpdate(topic, frame),
            { Event.Text: "message:delete" } => OnDelete(topic, frame),
            { Event.Text: "message:reaction" } => OnReaction(topic, frame),
            { Event.Text: "typing:start" } => OnTyping(topic, frame, started: true),
            { Event.Text: "typing:stop" } => OnTyping(topic, frame, started: false),
            { Event.Text: "history" } => OnHistory(topic, frame),
            { Event.Text: "access_token" } => OnRefresh(topic, frame),
            _ => Refusal.InvalidEvent,
        };

        if (refusal is not null)
            Refuse(topic.JoinRef, frame.Ref, frame.Topic, refusal);
    }

    private Refusal? OnSend(JoinedTopic topic, in ClientFrame frame)
    {
        if (!SendMessage.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        if (m.Thread is not null)
            return Refusal.NotFound;

        var id = _services.Conversation.Ids.NewMessage();
        Execute(topic, frame.Ref, new ConversationCommand.Send(Requester, id, m.Content, m.Attachments, m.Mentions, m.ClientId));
        return null;
    }

    private Refusal? OnUpdate(JoinedTopic topic, in ClientFrame frame)
    {
        if (!UpdateMessage.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        Execute(topic, frame.Ref, new ConversationCommand.Edit(Requester, m.Id, m.Content, m.Mentions));
        return null;
    }

    private Refusal? OnDelete(JoinedTopic topic, in ClientFrame frame)
    {
        if (!DeleteMessage.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        Execute(topic, frame.Ref, new ConversationCommand.Delete(Requester, m.Id));
        return null;
    }

    private Refusal? OnReaction(JoinedTopic topic, in ClientFrame frame)
    {
        if (!ReactToMessage.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        Execute(topic, frame.Ref, new ConversationCommand.React(Requester, m.Message, m.Emoji, m.Action == ReactionAction.Add));
        return null;
    }

    private Refusal? OnTyping(JoinedTopic topic, in ClientFrame frame, bool started)
    {
        if (!Typing.TryParse(frame.Payload.Span, out _, out var refusal))
            return refusal;
        topic.Typing = started;
        _services.Conversations.Tell(new ConversationMessages.RelayTyping(topic.Stream, Requester, started), Self);
        Reply(topic.JoinRef, frame.Ref, topic.Name, PhoenixEvents.StatusOk, "{}"u8);
        return null;
    }

    private void StopTyping(JoinedTopic topic)
    {
        if (topic.Typing)
            _services.Conversations.Tell(new ConversationMessages.RelayTyping(topic.Stream, Requester, Started: false), Self);
    }

    private void Execute(JoinedTopic topic, Ref @ref, ConversationCommand command)
    {
        var correlation = Await(topic, @ref, command is ConversationCommand.Send);
        _services.Conversations.Tell(new ConversationMessages.Execute(topic.Stream, command, correlation, Self, topic.Hub), Self);
    }

    private long Await(JoinedTopic topic, Ref @ref, bool isSend = false)
    {
        topic.Pending++;
        _pending.Add(++_correlations, new PendingPush(topic, @ref, isSend, _services.Time.GetTimestamp()));
        return _correlations;
    }

    private void OnExecuted(ConversationMessages.Executed m)
    {
        if (!_pending.Remove(m.Correlation, out var push))
            return;

        QuikAppMetrics.PushAnswered(_services.Time.GetElapsedTime(push.Since));
        if (m.Receipt is { } receipt && push.IsSend)
            Reply(push.Topic.JoinRef, push.Ref, push.Topic.Name, receipt, static (json, r) => ReplyPayload.WriteSent(json, r.Message!.Value, r.Seq, r.Time));
        else if (m.Receipt is { } done)
            Reply(push.Topic.JoinRef, push.Ref, push.Topic.Name, done.Seq, static (json, seq) => ReplyPayload.WriteSeq(json, seq));
        else
            Refuse(push.Topic.JoinRef, push.Ref, push.Topic.Name, m.Refusal!);
        Answered(push.Topic);
    }

    private void Answered(JoinedTopic topic)
    {
        if (--topic.Pending > 0 || topic.Leaving is not { } @ref)
            return;
        _leaving = null;
        Leave(topic, @ref);
    }

    /// <summary>Tells the senders of pushes that stayed unanswered too long <c>unavailable</c>. Call about once a second.</summary>
    public void ExpirePending()
    {
        var limit = _services.Conversation.Options.AnswerWithin;
        if (_joining is { } joining && _services.Time.GetElapsedTime(_joiningSince) >= limit)
            EndJoin(joining, Refusal.Unavailable);

        foreach (var (correlation, push) in _pending)
        {
            if (_services.Time.GetElapsedTime(push.Since) < limit)
                continue;
            _pending.Remove(correlation);
            Refuse(push.Topic.JoinRef, push.Ref, push.Topic.Name, Refusal.Unavailable);
            Answered(push.Topic);
        }
    }
}
