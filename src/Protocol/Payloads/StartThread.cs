using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>thread:start</c>: <c>{messageId}</c>.</summary>
/// <param name="Message">The message to reply to.</param>
public sealed record StartThread(MessageId Message)
{
    private static readonly MemberSet Members = new(("messageId", JsonShapes.Id));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out StartThread? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        MessageId message = default;

        while (reader.Next(ref members))
            message = reader.Message("messageId");

        refusal = reader.End();
        value = refusal is null ? new StartThread(message) : null;
        return value is not null;
    }
}
