using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The body of an announcement over HTTP: <c>{content}</c>.</summary>
/// <param name="Content">The text, 1 to <see cref="PayloadLimits.ContentBytes"/> bytes of UTF-8.</param>
public sealed record Announcement(string Content)
{
    private static readonly MemberSet Members = new(("content", JsonShapes.Content));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Announcement? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? content = null;

        while (reader.Next(ref members))
            content = reader.Content("content");

        if (content?.Length == 0)
            reader.Fail(PayloadFault.Empty, "content");
        refusal = reader.End();
        value = refusal is null ? new Announcement(content!) : null;
        return value is not null;
    }
}
