using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// The payload of <c>message:send</c>: <c>{content, attachments?, mentions?, clientId?, threadId?}</c>. Who sends, when and
/// under which number is the server's to say: such members are refused like any unknown one.
/// </summary>
/// <param name="Content">The text as sent, at most <see cref="PayloadLimits.ContentBytes"/>; empty only with an attachment.</param>
/// <param name="Attachments">At most <see cref="PayloadLimits.Attachments"/>, in the sender's order.</param>
/// <param name="Mentions">Each user once, in the sender's order.</param>
/// <param name="ClientId">The idempotency key: 1 to <see cref="PayloadLimits.ClientIdLength"/> printable ASCII characters.</param>
/// <param name="Thread">The thread to write into, where the topic does not say it.</param>
public sealed record SendMessage(
    string Content,
    ImmutableArray<Attachment> Attachments,
    ImmutableArray<UserId> Mentions,
    string? ClientId,
    ThreadId? Thread)
{
    private static readonly MemberSet Members = new(
        ("content", JsonShapes.Content),
        ("attachments?", AttachmentFormat.ListShape),
        ("mentions?", PayloadReader.MentionsShape),
        ("clientId?", JsonShapes.Pattern($"^[ -~]{{1,{PayloadLimits.ClientIdLength}}}$")),
        ("threadId?", JsonShapes.Id));

    /// <summary>The payload as a schema: a text, or an attachment.</summary>
    public static JsonShape Shape { get; } = Members.Shape.With(new JsonObject
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["properties"] = new JsonObject { ["content"] = new JsonObject { ["minLength"] = 1 } } },
            new JsonObject
            {
                ["required"] = new JsonArray("attachments"),
                ["properties"] = new JsonObject { ["attachments"] = new JsonObject { ["minItems"] = 1 } },
            }),
    });

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/>, or <see cref="Reason.PayloadTooLarge"/> for the content.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out SendMessage? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? content = null;
        string? clientId = null;
        ThreadId? thread = null;
        ImmutableArray<Attachment> attachments = [];
        ImmutableArray<UserId> mentions = [];

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "content":
                    content = reader.Content("content");
                    break;
                case "attachments":
                    attachments = AttachmentFormat.ReadList(ref reader, "attachments");
                    break;
                case "mentions":
                    mentions = reader.Mentions("mentions");
                    break;
                case "clientId":
                    clientId = ClientIdOf(ref reader);
                    break;
                case "threadId":
                    thread = reader.Id("threadId") is { } id ? ThreadId.Parse(id) : null;
                    break;
            }
        }

        if (content is "" && attachments.IsEmpty)
            reader.Fail(PayloadFault.Empty, "content");

        refusal = reader.End();
        value = refusal is null ? new SendMessage(content!, attachments, mentions, clientId, thread) : null;
        return value is not null;
    }

    private static string? ClientIdOf(ref PayloadReader reader)
    {
        var text = reader.Text("clientId");
        if (text is not null && (text.Length is 0 or > PayloadLimits.ClientIdLength || text.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            reader.Fail(PayloadFault.BadFormat, "clientId");
        return text;
    }
}
