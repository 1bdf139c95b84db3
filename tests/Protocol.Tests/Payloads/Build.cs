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
}
