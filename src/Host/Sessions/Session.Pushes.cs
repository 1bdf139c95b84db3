using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Sessions;

// Pushes of a joined topic: parsed strictly, then decided by the conversation with the membership of that moment.
internal sealed partial class Session
{
    /// <summary>Time between two calls of <see cref="ExpirePending"/> while <see cref="HasPending"/>.</summary>
    public static readonly TimeSpan PendingCheck = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan NewOwnerAnswersWithin = TimeSpan.FromSeconds(1);

    private void OnPush(JoinedTopic topic, in ClientFrame frame)
    {
        // Every payload of the API is a JSON object.
        var refusal = frame.IsBinary ? Refusal.InvalidPayload(PayloadFault.NotJson)
            : frame.Event.Text is { } name && Handlers.TryGetValue((topic.Topic.Kind, name), out var handle) ? handle(this, topic, frame)
            : Refusal.InvalidEvent;

        if (refusal is not null)
            Refuse(topic.JoinRef, frame.Ref, frame.Topic, refusal);
    }

    private Refusal? OnSend(JoinedTopic topic, in ClientFrame frame)
    {
        if (!SendMessage.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;

        var id = _services.Conversation.Ids.NewMessage();
        var send = new ConversationCommand.Send(Requester, id, m.Content, m.Attachments, m.Mentions, m.ClientId);
        if (m.Thread is not { } thread || thread.Value == topic.Topic.Id)
            Execute(topic, frame.Ref, send, ReplyShape.Sent);
        else if (topic.Topic.Kind == TopicKind.Channel)
            Execute(topic, frame.Ref, send with { Within = topic.Context!.Value.Channel }, ReplyShape.SentToThread, StreamId.Of(thread));
        else
            return Refusal.NotFound;
        return null;
    }

    private Refusal? OnStartThread(JoinedTopic topic, in ClientFrame frame)
    {
        if (!StartThread.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        var thread = _services.Conversation.Ids.NewThread();
        Execute(topic, frame.Ref, new ConversationCommand.OpenThread(Requester, m.Message, thread), ReplyShape.Thread);
        return null;
    }

    // What a user has read is journaled in their own stream: all their devices hear of it.
    private Refusal? OnRead(JoinedTopic topic, in ClientFrame frame)
    {
        if (!MarkRead.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;
        ThreadId? thread = topic.Topic.Kind == TopicKind.Thread ? ThreadId.Parse(topic.Topic.Id) : null;
        var mark = new ConversationCommand.MarkRead(Requester, topic.Context!.Value.Channel, thread, m.Seq);
        Execute(topic, frame.Ref, mark, ReplyShape.Read, StreamId.Of(Requester.User));
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

    /// <param name="topic">The topic that the push came on.</param>
    /// <param name="ref">Its ref.</param>
    /// <param name="command">What it asks.</param>
    /// <param name="shape">What the reply says.</param>
    /// <param name="elsewhere">The conversation, where it is not the topic's own.</param>
    private void Execute(JoinedTopic topic, Ref @ref, ConversationCommand command, ReplyShape shape = ReplyShape.Seq, StreamId? elsewhere = null)
    {
        var via = elsewhere is null ? topic.Hub : null;
        var ask = new ConversationMessages.Execute(elsewhere ?? topic.Stream, command, ++_correlations, Self, via);
        Await(topic, @ref, shape, ask);
        _services.Conversations.Tell(ask, Self);
    }

    private long Await(JoinedTopic topic, Ref @ref, ReplyShape shape = ReplyShape.Seq)
    {
        ++_correlations;
        Await(topic, @ref, shape, asked: null);
        return _correlations;
    }

    private void Await(JoinedTopic topic, Ref @ref, ReplyShape shape, ConversationMessages.Execute? asked)
    {
        topic.Pending++;
        var push = new PendingPush(topic, @ref, shape, _services.Time.GetTimestamp(), _services.Conversation.Options.AnswerWithin, asked);
        _pending.Add(_correlations, push);
    }

    // What the last owner was asked may be lost, or its answer. It is asked again where that changes nothing; the sender of
    // anything else is told soon, unless the new owner has it and answers.
    private void OnOwnerChanged(StreamId stream)
    {
        foreach (var (correlation, push) in _pending.Where(pending => pending.Value.Asked?.Stream == stream).ToList())
        {
            if (push.Asked!.Command.IsIdempotent)
                _services.Conversations.Tell(push.Asked with { IsRepeat = true }, Self);
            else if (_services.Time.GetElapsedTime(push.Since) + NewOwnerAnswersWithin is var within && within < push.Within)
                _pending[correlation] = push with { Within = within };
        }
    }

    private void OnExecuted(ConversationMessages.Executed m)
    {
        if (!_pending.Remove(m.Correlation, out var push))
            return;

        QuikAppMetrics.PushAnswered(_services.Time.GetElapsedTime(push.Since));
        if (m.Receipt is { } receipt)
            Reply(push.Topic.JoinRef, push.Ref, push.Topic.Name, (push.Shape, receipt), static (json, r) => Write(json, r.Shape, r.receipt));
        else
            Refuse(push.Topic.JoinRef, push.Ref, push.Topic.Name, Shown(m.Refusal!, push.Shape));
        Answered(push.Topic);
    }

    // A thread of a channel that the sender may not see, and one that never was: the same answer.
    private static Refusal Shown(Refusal refusal, ReplyShape shape) =>
        shape == ReplyShape.SentToThread && refusal.Reason == Reason.Unauthorized ? Refusal.NotFound : refusal;

    private static void Write(Utf8JsonWriter json, ReplyShape shape, Receipt receipt)
    {
        switch (shape)
        {
            case ReplyShape.Sent or ReplyShape.SentToThread:
                ReplyPayload.WriteSent(json, receipt.Message!.Value, receipt.Seq, receipt.Time);
                break;
            case ReplyShape.Thread:
                ReplyPayload.WriteThread(json, receipt.Thread!.Value, receipt.Seq);
                break;
            case ReplyShape.Call:
                ReplyPayload.WriteCall(json, receipt.Call!.Value, receipt.Seq);
                break;
            case ReplyShape.Read:
                ReplyPayload.WriteRead(json, receipt.Seq, receipt.Unread, receipt.Mentions);
                break;
            case ReplyShape.Empty:
                json.WriteStartObject();
                json.WriteEndObject();
                break;
            default:
                ReplyPayload.WriteSeq(json, receipt.Seq);
                break;
        }
    }

    private void Answered(JoinedTopic topic)
    {
        if (--topic.Pending > 0 || topic.Leaving is not { } @ref)
            return;
        _leaving = null;
        Leave(topic, @ref);
    }

    /// <summary>Tells the senders of pushes whose time is over before the next look <c>unavailable</c>, and all who wait on a node that is alone.</summary>
    public void ExpirePending()
    {
        if (_joining is { } joining && IsOver(_joiningSince, _services.Conversation.Options.AnswerWithin))
            EndJoin(joining, Refusal.Unavailable);

        foreach (var (correlation, push) in _pending)
        {
            if (!IsOver(push.Since, push.Within))
                continue;
            _pending.Remove(correlation);
            Refuse(push.Topic.JoinRef, push.Ref, push.Topic.Name, Refusal.Unavailable);
            Answered(push.Topic);
        }
    }

    // What is here answers at once; an answer from elsewhere does not come through.
    private bool IsOver(long since, TimeSpan within) =>
        _services.Time.GetElapsedTime(since) + PendingCheck > within || _services.Conversation.Majority is { IsReached: false };
}
