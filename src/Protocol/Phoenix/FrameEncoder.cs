using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuikApp.Protocol.Phoenix;

/// <summary>Encodes what the server sends.</summary>
/// <remarks>
/// Payloads come as UTF-8 JSON already encoded, one value each, taken as they are and not checked: a frame that fans out
/// is encoded once for each version. Or they come as a <see cref="PayloadWriter{TState}"/>, which costs one writer.
/// </remarks>
public static partial class FrameEncoder
{
    /// <summary>
    /// How a payload is best encoded: <c>/</c> and <c>&lt;</c> unescaped. (The relaxed encoder still escapes U+2028, private
    /// use and all characters beyond the basic plane: the same JSON in more bytes.)
    /// </summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a <c>phx_reply</c>.</summary>
    /// <param name="version">The version of the connection.</param>
    /// <param name="output">Gets one message.</param>
    /// <param name="joinRef">The join_ref of the channel; null for heartbeats and for topics that are not joined.</param>
    /// <param name="ref">The ref of the frame that is answered.</param>
    /// <param name="topic">The topic of the frame that is answered.</param>
    /// <param name="status"><see cref="PhoenixEvents.StatusOk"/> or <see cref="PhoenixEvents.StatusError"/>.</param>
    /// <param name="response">The response, one JSON value.</param>
    public static void WriteReply(
        PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, Ref @ref, FrameName topic, string status, ReadOnlySpan<byte> response)
    {
        OpenReply(version, output, joinRef, @ref, topic, status);
        WriteJson(output, response);
        CloseReply(version, output, @ref);
    }

    /// <inheritdoc cref="WriteReply(PhoenixVersion, IBufferWriter{byte}, Ref, Ref, FrameName, string, ReadOnlySpan{byte})"/>
    /// <typeparam name="TState">What the response is made from.</typeparam>
    public static void WriteReply<TState>(
        PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, Ref @ref, FrameName topic, string status, TState state, PayloadWriter<TState> response)
        where TState : allows ref struct
    {
        OpenReply(version, output, joinRef, @ref, topic, status);
        WriteJson(output, state, response);
        CloseReply(version, output, @ref);
    }

    /// <summary>
    /// Writes a <c>phx_reply</c> of status <c>error</c> whose response is <c>{"reason":…}</c> and nothing more;
    /// the reason is one of the documented codes.
    /// </summary>
    /// <inheritdoc cref="WriteReply(PhoenixVersion, IBufferWriter{byte}, Ref, Ref, FrameName, string, ReadOnlySpan{byte})"/>
    public static void WriteRefusal(
        PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, Ref @ref, FrameName topic, string reason)
    {
        OpenReply(version, output, joinRef, @ref, topic, PhoenixEvents.StatusError);
        WriteReason(output, reason);
        CloseReply(version, output, @ref);
    }

    /// <summary>Writes a push, which one member gets; its ref is null.</summary>
    /// <param name="version">The version of the connection.</param>
    /// <param name="output">Gets one message.</param>
    /// <param name="joinRef">The join_ref of the channel. V1 does not carry it.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="event">The event.</param>
    /// <param name="payload">The payload, one JSON value.</param>
    public static void WritePush(
        PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, string topic, string @event, ReadOnlySpan<byte> payload)
    {
        Open(version, output, joinRef, Ref.Null, topic, @event);
        WriteJson(output, payload);
        Close(version, output, Ref.Null);
    }

    /// <inheritdoc cref="WritePush(PhoenixVersion, IBufferWriter{byte}, Ref, string, string, ReadOnlySpan{byte})"/>
    /// <typeparam name="TState">What the payload is made from.</typeparam>
    public static void WritePush<TState>(
        PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, string topic, string @event, TState state, PayloadWriter<TState> payload)
        where TState : allows ref struct
    {
        Open(version, output, joinRef, Ref.Null, topic, @event);
        WriteJson(output, state, payload);
        Close(version, output, Ref.Null);
    }

    /// <summary>Writes a broadcast: both refs are null, so the bytes are the same for every member of a version.</summary>
    /// <inheritdoc cref="WritePush(PhoenixVersion, IBufferWriter{byte}, Ref, string, string, ReadOnlySpan{byte})"/>
    public static void WriteBroadcast(
        PhoenixVersion version, IBufferWriter<byte> output, string topic, string @event, ReadOnlySpan<byte> payload) =>
        WritePush(version, output, Ref.Null, topic, @event, payload);

    /// <summary>Writes a broadcast: both refs are null, so the bytes are the same for every member of a version.</summary>
    /// <inheritdoc cref="WritePush{TState}(PhoenixVersion, IBufferWriter{byte}, Ref, string, string, TState, PayloadWriter{TState})"/>
    public static void WriteBroadcast<TState>(
        PhoenixVersion version, IBufferWriter<byte> output, string topic, string @event, TState state, PayloadWriter<TState> payload)
        where TState : allows ref struct =>
        WritePush(version, output, Ref.Null, topic, @event, state, payload);

    /// <summary>Writes <c>phx_close</c>: the channel has ended. Its ref is the join_ref too.</summary>
    /// <param name="version">The version of the connection.</param>
    /// <param name="output">Gets one message.</param>
    /// <param name="joinRef">The join_ref of the channel that has ended.</param>
    /// <param name="topic">The topic.</param>
    public static void WriteClose(PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, string topic)
    {
        Open(version, output, joinRef, joinRef, topic, PhoenixEvents.Close);
        output.Write("{}"u8);
        Close(version, output, joinRef);
    }

    /// <summary>Writes <c>phx_error</c>: the channel has failed. Its ref is the join_ref too.</summary>
    /// <inheritdoc cref="WriteClose"/>
    public static void WriteError(PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, string topic)
    {
        Open(version, output, joinRef, joinRef, topic, PhoenixEvents.Error);
        WriteReason(output, PhoenixEvents.ReasonChannelCrash);
        Close(version, output, joinRef);
    }

    private static void OpenReply(PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, Ref @ref, FrameName topic, string status)
    {
        Open(version, output, joinRef, @ref, topic, PhoenixEvents.Reply);
        output.Write("{\"status\":"u8);
        JsonText.Write(output, status);
        output.Write(",\"response\":"u8);
    }

    private static void CloseReply(PhoenixVersion version, IBufferWriter<byte> output, Ref @ref)
    {
        output.Write("}"u8);
        Close(version, output, @ref);
    }

    /// <summary>Everything before the payload.</summary>
    private static void Open(PhoenixVersion version, IBufferWriter<byte> output, Ref joinRef, Ref @ref, FrameName topic, string @event)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (version is PhoenixVersion.V1)
        {
            output.Write("{\"topic\":"u8);
            WriteName(output, topic);
            output.Write(",\"event\":"u8);
            JsonText.Write(output, @event);
            output.Write(",\"payload\":"u8);
            return;
        }

        output.Write("["u8);
        output.Write(joinRef.Json);
        output.Write(","u8);
        output.Write(@ref.Json);
        output.Write(","u8);
        WriteName(output, topic);
        output.Write(","u8);
        JsonText.Write(output, @event);
        output.Write(","u8);
    }

    /// <summary>Everything after the payload.</summary>
    private static void Close(PhoenixVersion version, IBufferWriter<byte> output, Ref @ref)
    {
        if (version is PhoenixVersion.V1)
        {
            output.Write(",\"ref\":"u8);
            output.Write(@ref.Json);
            output.Write("}"u8);
            return;
        }

        output.Write("]"u8);
    }

    private static void WriteName(IBufferWriter<byte> output, FrameName name)
    {
        if (name.Text is { } text)
            JsonText.Write(output, text);
        else
            output.Write(name.NonTextJson);
    }

    private static void WriteReason(IBufferWriter<byte> output, string reason)
    {
        output.Write("{\"reason\":"u8);
        JsonText.Write(output, reason);
        output.Write("}"u8);
    }

    private static void WriteJson(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            throw new ArgumentException("a payload is one JSON value, not nothing", nameof(json));

        output.Write(json);
    }

    private static void WriteJson<TState>(IBufferWriter<byte> output, TState state, PayloadWriter<TState> payload)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(payload);
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        payload(writer, state);
        writer.Flush();
        if (writer.CurrentDepth != 0 || writer.BytesCommitted == 0)
            throw new InvalidOperationException("the payload writer did not write one whole JSON value");
    }
}
