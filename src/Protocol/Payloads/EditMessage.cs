using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The body of an edit over HTTP, <c>{content, mentions?}</c>: <see cref="UpdateMessage"/> without the id, which the path names.</summary>
/// <param name="Content">The new text, 1 byte to <see cref="PayloadLimits.ContentBytes"/>.</param>
/// <param name="Mentions">Who the new text mentions, each once; null: as before.</param>
public sealed record EditMessage(string Content, ImmutableArray<UserId>? Mentions)
{
    private static readonly MemberSet Members = new(
        ("content", JsonShapes.Content.With(new JsonObject { ["minLength"] = 1 })), ("mentions?", PayloadReader.MentionsShape));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/>, or <see cref="Reason.PayloadTooLarge"/> for the content.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out EditMessage? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? content = null;
        ImmutableArray<UserId>? mentions = null;

        while (reader.Next(ref members))
        {
            if (members.Name == "content")
                content = reader.Content("content");
            else
                mentions = reader.Mentions("mentions");
        }

        if (content is "")
            reader.Fail(PayloadFault.Empty, "content");

        refusal = reader.End();
        value = refusal is null ? new EditMessage(content!, mentions) : null;
        return value is not null;
    }
}
