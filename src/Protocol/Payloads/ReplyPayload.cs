using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The <c>response</c> of an <c>ok</c> reply. That of an <c>error</c> reply is <see cref="Refusal"/>.</summary>
public static class ReplyPayload
{
    /// <summary><see cref="WriteSent"/> as a schema.</summary>
    public static JsonShape SentShape { get; } = JsonShape.ObjectOf(("id", JsonShapes.Id), ("seq", JsonShapes.Seq), ("createdAt", JsonShapes.Time));

    /// <summary><see cref="WriteSeq"/> as a schema.</summary>
    public static JsonShape SeqShape { get; } = JsonShape.ObjectOf(("seq", JsonShapes.Seq));

    /// <summary><see cref="WriteThread"/> as a schema.</summary>
    public static JsonShape ThreadShape { get; } = JsonShape.ObjectOf(("threadId", JsonShapes.Id), ("seq", JsonShapes.Seq));

    /// <summary><see cref="WriteCall"/> as a schema.</summary>
    public static JsonShape CallShape { get; } = JsonShape.ObjectOf(("callId", JsonShapes.Id), ("seq", JsonShapes.Seq));

    /// <summary><see cref="WriteRead"/> as a schema.</summary>
    public static JsonShape ReadShape { get; } =
        JsonShape.ObjectOf(("seq", JsonShapes.Number), ("unread", JsonShapes.Number), ("mentions", JsonShapes.Number));

    /// <summary>The reply to <c>message:send</c>: <c>{id, seq, createdAt}</c>.</summary>
    public static void WriteSent(Utf8JsonWriter writer, MessageId id, long seq, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("id"u8, id.Value);
        writer.WriteNumber("seq"u8, seq);
        Rfc3339.Write(writer, "createdAt"u8, createdAt);
        writer.WriteEndObject();
    }

    /// <summary>The reply to any other change: <c>{seq}</c>.</summary>
    public static void WriteSeq(Utf8JsonWriter writer, long seq)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("seq"u8, seq);
        writer.WriteEndObject();
    }

    /// <summary>The reply to <c>thread:start</c>: <c>{threadId, seq}</c>.</summary>
    public static void WriteThread(Utf8JsonWriter writer, ThreadId thread, long seq)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("threadId"u8, thread.Value);
        writer.WriteNumber("seq"u8, seq);
        writer.WriteEndObject();
    }

    /// <summary>The reply to <c>call:start</c>: <c>{callId, seq}</c>.</summary>
    public static void WriteCall(Utf8JsonWriter writer, CallId call, long seq)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("callId"u8, call.Value);
        writer.WriteNumber("seq"u8, seq);
        writer.WriteEndObject();
    }

    /// <summary>The reply to <c>read</c>: <c>{seq, unread, mentions}</c>.</summary>
    public static void WriteRead(Utf8JsonWriter writer, long seq, long unread, long mentions)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("seq"u8, seq);
        writer.WriteNumber("unread"u8, unread);
        writer.WriteNumber("mentions"u8, mentions);
        writer.WriteEndObject();
    }
}
