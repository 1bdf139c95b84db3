using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>Payloads of what the server sends and does not journal: typing, the marks of a replay, the token's end.</summary>
public static class NoticePayload
{
    /// <summary><see cref="WriteTyping"/> as a schema.</summary>
    public static JsonShape TypingShape { get; } =
        JsonShape.ObjectOf(("userId", JsonShapes.Id), ("channelId", JsonShapes.Id), ("threadId?", JsonShapes.Id));

    /// <summary><see cref="WriteReplayDone"/> as a schema.</summary>
    public static JsonShape ReplayDoneShape { get; } = JsonShape.ObjectOf(("head", JsonShapes.Number));

    /// <summary><see cref="WriteReplayGap"/> as a schema.</summary>
    public static JsonShape ReplayGapShape { get; } = JsonShape.ObjectOf(("from", JsonShapes.Seq), ("to", JsonShapes.Seq));

    /// <summary><see cref="WriteTokenExpiring"/> as a schema.</summary>
    public static JsonShape TokenExpiringShape { get; } = JsonShape.ObjectOf(("expiresAt", JsonShapes.Time));

    /// <summary><c>typing:start</c> and <c>typing:stop</c>: <c>{userId, channelId, threadId?}</c>.</summary>
    public static void WriteTyping(Utf8JsonWriter writer, UserId user, ChannelId channel, ThreadId? thread = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("userId"u8, user.Value);
        writer.WriteString("channelId"u8, channel.Value);
        if (thread is { } id)
            writer.WriteString("threadId"u8, id.Value);
        writer.WriteEndObject();
    }

    /// <summary><c>replay:done</c>: <c>{head}</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="head">The number up to which the client now has everything.</param>
    public static void WriteReplayDone(Utf8JsonWriter writer, long head)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("head"u8, head);
        writer.WriteEndObject();
    }

    /// <summary><c>replay:gap</c>: <c>{from, to}</c>, both included.</summary>
    public static void WriteReplayGap(Utf8JsonWriter writer, long from, long to)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("from"u8, from);
        writer.WriteNumber("to"u8, to);
        writer.WriteEndObject();
    }

    /// <summary><c>token:expiring</c>: <c>{expiresAt}</c>.</summary>
    public static void WriteTokenExpiring(Utf8JsonWriter writer, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        Rfc3339.Write(writer, "expiresAt"u8, expiresAt);
        writer.WriteEndObject();
    }
}
