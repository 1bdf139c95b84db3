using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// The payload of <c>call:signal</c>: <c>{callId?, type, data, to?}</c>. It is relayed between the participants of a call as
/// it is, and never journaled.
/// </summary>
/// <param name="Call">The call, where it was named.</param>
/// <param name="Type"><c>offer</c>, <c>answer</c> or <c>ice-candidate</c>.</param>
/// <param name="Data">Any JSON value, as sent; at most <see cref="PayloadLimits.SignalBytes"/>.</param>
/// <param name="To">The one participant it is for; null for all others.</param>
public sealed record CallSignal(CallId? Call, string Type, ReadOnlyMemory<byte> Data, UserId? To)
{
    private static readonly string[] Types = ["offer", "answer", "ice-candidate"];

    private static readonly MemberSet Members = new(
        ("callId?", JsonShapes.Id),
        ("type", JsonShapes.OneOf(Types)),
        ("data", JsonShapes.Something.About($"At most {PayloadLimits.SignalBytes} bytes of JSON, relayed as they are.")),
        ("to?", JsonShapes.Id));

    /// <summary>The payload of a client as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>What <see cref="Write"/> writes, as a schema.</summary>
    public static JsonShape RelayedShape { get; } = JsonShape.ObjectOf(
        ("callId", JsonShapes.Id), ("type", JsonShapes.OneOf(Types)), ("data", JsonShapes.Something), ("from", JsonShapes.Id), ("to?", JsonShapes.Id));

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/>, or <see cref="Reason.PayloadTooLarge"/> for the data.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CallSignal? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        CallId? call = null;
        UserId? to = null;
        var type = "";
        var data = ReadOnlyMemory<byte>.Empty;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "callId":
                    call = reader.Id("callId") is { } id ? CallId.Parse(id) : null;
                    break;
                case "type":
                    type = reader.Text("type");
                    if (type is not null && !Types.Contains(type))
                        reader.Fail(PayloadFault.BadFormat, "type");
                    break;
                case "data":
                    data = reader.Raw("data", json, PayloadLimits.SignalBytes);
                    break;
                case "to":
                    to = reader.Id("to") is { } user ? UserId.Parse(user) : null;
                    break;
            }
        }

        refusal = reader.End();
        value = refusal is null ? new CallSignal(call, type!, data, to) : null;
        return value is not null;
    }

    /// <summary>Writes what the other participants get: <c>{callId, type, data, from, to?}</c>.</summary>
    public void Write(Utf8JsonWriter writer, CallId call, UserId from)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("callId"u8, call.Value);
        writer.WriteString("type"u8, Type);
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(Data.Span, skipInputValidation: true);
        writer.WriteString("from"u8, from.Value);
        if (To is { } user)
            writer.WriteString("to"u8, user.Value);
        writer.WriteEndObject();
    }
}
