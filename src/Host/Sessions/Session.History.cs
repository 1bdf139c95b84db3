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

        var correlation = Await(topic, frame.Ref);
        _services.Conversation.Reader.History(topic.Stream, query, CancellationToken.None).PipeTo(
            Self,
            success: page => new HistoryRead(correlation, page),
            failure: _ => new HistoryRead(correlation, null));
        return null;
    }

    private void OnHistory(HistoryRead m)
    {
        if (!_pending.Remove(m.Correlation, out var push))
            return;

        if (m.Page is { } page)
            Reply(push.Topic.JoinRef, push.Ref, push.Topic.Name, (page, push.Topic.Context), static (json, p) => p.page.Write(json, p.Context));
        else
            Refuse(push.Topic.JoinRef, push.Ref, push.Topic.Name, Refusal.Unavailable);
        Answered(push.Topic);
    }

    private sealed record HistoryRead(long Correlation, HistoryPage? Page) : INoSerializationVerificationNeeded;
}
