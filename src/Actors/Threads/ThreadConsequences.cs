using QuikApp.Actors.Relays;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Threads;

/// <summary>What follows from a thread's events: the count in its channel, and who is told.</summary>
internal static class ThreadConsequences
{
    /// <summary>What follows.</summary>
    public static IEnumerable<Consequence> Of(ThreadState state, NumberedEvent e, RelayFacts facts)
    {
        var thread = state.Thread!;
        switch (e.Event)
        {
            case MessageCreated m:
                yield return Count(state, e);
                foreach (var (user, kind) in Told(thread, facts, e.By, m.Mentions))
                    yield return Notifications.Tell(user, e, kind, thread.Channel, thread.Thread, m.Id, e.Seq, m.Content);
                break;
            case MessageEdited m when facts.Before is { } before:
                foreach (var (user, kind) in Told(thread, facts, e.By, m.Mentions).Where(told => told.Kind == NotificationKind.Mention))
                    yield return Notifications.Tell(user, e, kind, thread.Channel, thread.Thread, m.Id, before.Seq, m.Content);
                break;
            case MessageDeleted m:
                yield return Count(state, e);
                if (facts.Before is not { } deleted)
                    break;
                foreach (var (user, _) in Told(thread, facts, deleted.User, deleted.EverMentioned))
                    yield return Notifications.Withdraw(user, e, thread.Channel, thread.Thread, m.Id, deleted.Seq);
                break;
        }
    }

    // The state is at least as new as the event: what is told is how the thread stands, and a later count says all of it.
    private static Consequence Count(ThreadState state, NumberedEvent e)
    {
        var (thread, last) = (state.Thread!, state.LastReply!);
        var updated = new ThreadUpdated(thread.Root, thread.Thread, state.Replies, last.Id, last.By, last.At);
        return Consequences.Record(StreamId.Of(thread.Channel), e, updated, origin: $"{e.Stream}\n{state.Seq}\ncount") with { IsLatest = true };
    }

    private static IEnumerable<(UserId User, NotificationKind Kind)> Told(ThreadInfo thread, RelayFacts facts, UserId author, IEnumerable<UserId> mentions)
    {
        if (facts.Parent is not { } channel)
            return [];
        var mentioned = mentions.ToList();
        return Notifications.Seeing(channel, facts.Roster, mentioned.Append(thread.RootAuthor).Distinct())
            .Where(user => user != author)
            .Select(user => (user, mentioned.Contains(user) ? NotificationKind.Mention : NotificationKind.Reply));
    }
}
