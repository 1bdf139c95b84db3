using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>message:update</c>: <c>{id, content, mentions?}</c>.</summary>
/// <param name="Id">The message.</param>
/// <param name="Content">The new text, 1 byte to <see cref="PayloadLimits.ContentBytes"/>.</param>
/// <param name="Mentions">Who the new text mentions, each once; null: as before.</param>
public sealed record UpdateMessage(MessageId Id, string Content, ImmutableArray<UserId>? Mentions)
{
    private static readonly MemberSet Members = new(
        ("id", JsonShapes.Id),
        ("content", JsonShapes.Content.With(new JsonObject { ["minLength"] = 1 })),
        ("mentions?", PayloadReader.MentionsShape));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/>, or <see cref="Reason.PayloadTooLarge"/> for the content.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out UpdateMessage? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        MessageId id = default;
        string? content = null;
        ImmutableArray<UserId>? mentions = null;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "id":
                    id = reader.Message("id");
                    break;
                case "content":
                    content = reader.Content("content");
                    break;
                case "mentions":
                    mentions = reader.Mentions("mentions");
                    break;
            }
        }

        if (content is "")
            reader.Fail(PayloadFault.Empty, "content");

        refusal = reader.End();
        value = refusal is null ? new UpdateMessage(id, content!, mentions) : null;
        return value is not null;
    }
}
