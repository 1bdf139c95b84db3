using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Sessions;

// History reads the journal: nothing of it lives in the conversation's actor.
internal sealed partial class Session
{
    private Refusal? OnHistory(JoinedTopic topic, in ClientFrame frame)
    {
        if (!HistoryQuery.TryParse(frame.Payload.Span, out var query, out var refusal))
            return refusal;

        var @ref = frame.Ref;
        topic.Pending++;
        _services.Conversation.Reader.History(topic.Stream, query, _ended.Token).PipeTo(
            Self,
            success: page => new HistoryRead(topic, @ref, page),
            failure: _ => new HistoryRead(topic, @ref, null));
        return null;
    }

    private void OnHistory(HistoryRead m)
    {
        if (m.Page is { } page)
            Reply(m.Topic.JoinRef, m.Ref, m.Topic.Name, page, static (json, p) => p.Write(json));
        else
            Refuse(m.Topic.JoinRef, m.Ref, m.Topic.Name, Refusal.Unavailable);
        Answered(m.Topic);
    }

    private sealed record HistoryRead(JoinedTopic Topic, Ref Ref, HistoryPage? Page) : INoSerializationVerificationNeeded;
}
