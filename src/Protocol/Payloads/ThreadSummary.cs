using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>How the thread of a message stands, as its channel knows it.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="Replies">Replies that are not deleted.</param>
/// <param name="LastReply">The last reply; null before the first.</param>
/// <param name="LastReplyBy">Its author.</param>
/// <param name="LastReplyAt">When it was sent.</param>
public sealed record ThreadSummary(ThreadId Thread, long Replies, MessageId? LastReply, UserId? LastReplyBy, DateTimeOffset? LastReplyAt)
{
    /// <summary>What <see cref="WriteMembers"/> writes.</summary>
    internal static (string Name, JsonShape Shape)[] MemberShapes { get; } =
    [
        ("replyCount", JsonShapes.Number),
        ("lastReply?", JsonShape.ObjectOf(("id", JsonShapes.Id), ("userId", JsonShapes.Id), ("createdAt", JsonShapes.Time))),
    ];

    /// <summary>What <see cref="Write"/> writes, as a schema.</summary>
    internal static JsonShape Shape { get; } = JsonShape.ObjectOf([("threadId", JsonShapes.Id), .. MemberShapes]);

    /// <summary>A thread without replies.</summary>
    public static ThreadSummary Of(ConversationEvent.ThreadOpened opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        return new ThreadSummary(opened.Thread, 0, null, null, null);
    }

    /// <summary>A thread with replies.</summary>
    public static ThreadSummary Of(ConversationEvent.ThreadUpdated updated)
    {
        ArgumentNullException.ThrowIfNull(updated);
        return new ThreadSummary(
            updated.Thread, updated.Replies, updated.LastReply, updated.LastReplyBy, DateTimeOffset.UnixEpoch.AddMicroseconds(updated.LastReplyAt));
    }

    /// <summary>Writes <c>{threadId, replyCount, lastReply?}</c>.</summary>
    internal void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteStartObject(name);
        writer.WriteString("threadId"u8, Thread.Value);
        WriteMembers(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>replyCount</c> and, where there is one, <c>lastReply: {id, userId, createdAt}</c>.</summary>
    internal void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteNumber("replyCount"u8, Replies);
        if (LastReply is not { } reply)
            return;
        writer.WriteStartObject("lastReply"u8);
        writer.WriteString("id"u8, reply.Value);
        writer.WriteString("userId"u8, LastReplyBy!.Value.Value);
        Rfc3339.Write(writer, "createdAt"u8, LastReplyAt!.Value);
        writer.WriteEndObject();
    }
}
