using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>message:delete</c>: <c>{id}</c>.</summary>
/// <param name="Id">The message.</param>
public sealed record DeleteMessage(MessageId Id)
{
    private static readonly MemberSet Members = new(("id", JsonShapes.Id));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out DeleteMessage? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        MessageId id = default;

        while (reader.Next(ref members))
            id = reader.Message("id");

        refusal = reader.End();
        value = refusal is null ? new DeleteMessage(id) : null;
        return value is not null;
    }
}
