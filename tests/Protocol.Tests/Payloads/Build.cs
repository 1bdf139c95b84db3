using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Tests.Payloads;

internal static class Build
{
    /// <summary>2026-11-22T10:00:00.123999Z.</summary>
    public const long Start = 1_795_341_600_123_999;

    public static StreamId Stream { get; } = StreamId.Of(ChannelId.Parse("general"));

    public static MessageId Message(string id) => MessageId.Parse(id);

    public static UserId User(string id) => UserId.Parse(id);

    /// <summary>An event of the channel <c>general</c>; number 1 is at <see cref="Start"/>, each next a second later.</summary>
    public static NumberedEvent Event(long seq, string by, ConversationEvent happened) =>
        new(Stream, seq, Start + ((seq - 1) * 1_000_000), User(by), happened);

    public static NumberedEvent Sent(long seq, string by, string id, string content = "hi") =>
        Event(seq, by, new ConversationEvent.MessageCreated(Message(id), content, [], [], null, null));

    public static NumberedEvent Edited(long seq, string by, string id, string content) =>
        Event(seq, by, new ConversationEvent.MessageEdited(Message(id), content, []));

    public static NumberedEvent Deleted(long seq, string by, string id) => Event(seq, by, new ConversationEvent.MessageDeleted(Message(id)));

    public static NumberedEvent Added(long seq, string by, string id, string emoji) =>
        Event(seq, by, new ConversationEvent.ReactionAdded(Message(id), emoji));

    public static NumberedEvent Removed(long seq, string by, string id, string emoji) =>
        Event(seq, by, new ConversationEvent.ReactionRemoved(Message(id), emoji));

    public static NumberedEvent Opened(long seq, string by, string id, string thread) =>
        Event(seq, by, new ConversationEvent.ThreadOpened(Message(id), ThreadId.Parse(thread)));

    /// <summary>A thread of so many replies, the last one carol's of three seconds after <see cref="Start"/>.</summary>
    public static NumberedEvent Counted(long seq, string by, string id, string thread, long replies, string lastReply) =>
        Event(seq, by, new ConversationEvent.ThreadUpdated(Message(id), ThreadId.Parse(thread), replies, Message(lastReply), User("carol"), Start + 3_000_000));
}
