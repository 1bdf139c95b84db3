using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Users;

/// <summary>What the read model keeps of a user's stream, so that counting what is unread reads no history.</summary>
internal static class ReadIndex
{
    /// <summary>The facts of an event; null when there are none.</summary>
    public static IndexFacts? Of(NumberedEvent e) => e.Event switch
    {
        ConversationEvent.ReadMarked m => new IndexFacts { Read = (Target(m.Channel, m.Thread), m.UpTo) },
        // A direct message is unread like any other; it is not counted a second time as a mention.
        ConversationEvent.NotificationCreated { Kind: NotificationKind.Mention } n => new IndexFacts { Mention = (Target(n.Channel, n.Thread), n.AboutSeq) },
        ConversationEvent.NotificationWithdrawn w => new IndexFacts { Withdrawn = (Target(w.Channel, w.Thread), w.AboutSeq) },
        ConversationEvent.StatusSet => new IndexFacts { SetsStatus = true },
        _ => null,
    };

    private static string Target(ChannelId channel, ThreadId? thread) =>
        (thread is { } id ? StreamId.Of(id) : StreamId.Of(channel)).Value;
}
