using System.Text.Json;
using System.Text.Unicode;

namespace QuikApp.Protocol.Phoenix;

/// <summary>Decodes what clients send. It answers with a <see cref="FrameError"/> and never throws, whatever the bytes.</summary>
public static partial class FrameDecoder
{
    /// <summary>The deepest nesting of arrays and objects in a message, the frame itself included.</summary>
    public const int MaxDepth = 16;

    /// <summary>Names of the first objects of a message are kept on the stack: 32 entries of 16 bytes hold 16 names.</summary>
    private const int NamesOnStack = 32;

    /// <summary>Decodes one assembled message.</summary>
    /// <param name="version">The version that the connection agreed on.</param>
    /// <param name="binaryOpcode">
    /// Whether the message came with the binary opcode (RFC 6455 §5.6). V2 then takes it for a binary frame; V1 has none
    /// and reads JSON all the same.
    /// </param>
    /// <param name="message">The message. The payload of the frame is a slice of it. Its length is for the caller to limit.</param>
    /// <param name="frame">The frame, when the answer is true.</param>
    /// <param name="error">The reason, when the answer is false: the connection is to be closed with 1007.</param>
    public static bool TryDecode(
        PhoenixVersion version,
        bool binaryOpcode,
        ReadOnlyMemory<byte> message,
        out ClientFrame frame,
        out FrameError error)
    {
        error = version is PhoenixVersion.V2 && binaryOpcode
            ? DecodeBinary(message, out frame)
            : DecodeText(version, message, out frame);
        return error is FrameError.None;
    }

    private static FrameError DecodeText(PhoenixVersion version, ReadOnlyMemory<byte> message, out ClientFrame frame)
    {
        frame = default;
        if (message.IsEmpty)
            return FrameError.Empty;

        // The reader itself lets broken UTF-8 in strings pass.
        if (!Utf8.IsValid(message.Span))
            return FrameError.InvalidUtf8;

        Span<PropertyNameSet.Entry> names = stackalloc PropertyNameSet.Entry[NamesOnStack];
        var reader = new StrictJsonReader(message.Span, names);
        try
        {
            return version is PhoenixVersion.V2
                ? ReadArray(ref reader, message, out frame)
                : ReadObject(ref reader, message, out frame);
        }
        catch (JsonException)
        {
            frame = default;
            return FrameError.NotJson;
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>V2: <c>[join_ref, ref, topic, event, payload]</c>; elements after the fifth are ignored.</summary>
    private static FrameError ReadArray(ref StrictJsonReader reader, ReadOnlyMemory<byte> message, out ClientFrame frame)
    {
        frame = default;
        if (!reader.Read())
            return reader.Error;
        if (reader.TokenType is not JsonTokenType.StartArray)
            return FrameError.WrongType;

        Ref joinRef = default, @ref = default;
        FrameName topic = default, @event = default;
        ReadOnlyMemory<byte> payload = default;
        var count = 0;
        for (; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; count++)
        {
            if (!reader.TryTake(out var value))
                return reader.Error;

            switch (count)
            {
                case 0: joinRef = reader.ToRef(value); break;
                case 1: @ref = reader.ToRef(value); break;
                case 2: topic = reader.ToName(value); break;
                case 3: @event = reader.ToName(value); break;
                case 4: payload = message[value]; break;
            }
        }

        if (!IsWhole(ref reader))
            return reader.Error;
        if (count < 5)
            return FrameError.MissingField;

        frame = new ClientFrame { JoinRef = joinRef, Ref = @ref, Topic = topic, Event = @event, Payload = payload };
        return FrameError.None;
    }

    /// <summary>V1: <c>{"topic","event","payload","ref"}</c> and perhaps <c>join_ref</c>; other keys are ignored.</summary>
    private static FrameError ReadObject(ref StrictJsonReader reader, ReadOnlyMemory<byte> message, out ClientFrame frame)
    {
        frame = default;
        if (!reader.Read())
            return reader.Error;
        if (reader.TokenType is not JsonTokenType.StartObject)
            return FrameError.WrongType;

        Ref joinRef = default, @ref = default;
        FrameName topic = default, @event = default;
        ReadOnlyMemory<byte> payload = default;
        var found = Fields.None;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var field = FieldOf(in reader);
            if (!reader.Read() || !reader.TryTake(out var value))
                return reader.Error;

            found |= field;
            switch (field)
            {
                case Fields.JoinRef: joinRef = reader.ToRef(value); break;
                case Fields.Ref: @ref = reader.ToRef(value); break;
                case Fields.Topic: topic = reader.ToName(value); break;
                case Fields.Event: @event = reader.ToName(value); break;
                case Fields.Payload: payload = message[value]; break;
            }
        }

        if (!IsWhole(ref reader))
            return reader.Error;
        if ((found & Fields.Required) != Fields.Required)
            return FrameError.MissingField;

        frame = new ClientFrame { JoinRef = joinRef, Ref = @ref, Topic = topic, Event = @event, Payload = payload };
        return FrameError.None;
    }

    /// <summary>Whether the value has ended without an error and nothing but white space follows, else the reader throws.</summary>
    private static bool IsWhole(ref StrictJsonReader reader) =>
        reader.Error is FrameError.None && !reader.Read() && reader.Error is FrameError.None;

    private static Fields FieldOf(in StrictJsonReader reader) =>
        reader.NameIs("topic"u8) ? Fields.Topic
        : reader.NameIs("event"u8) ? Fields.Event
        : reader.NameIs("payload"u8) ? Fields.Payload
        : reader.NameIs("ref"u8) ? Fields.Ref
        : reader.NameIs("join_ref"u8) ? Fields.JoinRef
        : Fields.None;

    [Flags]
    private enum Fields
    {
        None = 0,
        Topic = 1,
        Event = 2,
        Payload = 4,
        Ref = 8,
        JoinRef = 16,
        Required = Topic | Event | Payload | Ref,
    }
}
