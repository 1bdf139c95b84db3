using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Reactions;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>message:reaction</c>: <c>{messageId, emoji, action}</c>.</summary>
/// <param name="Message">The message.</param>
/// <param name="Emoji">The canonical key, see <see cref="EmojiKey"/>.</param>
/// <param name="Action">To put the reaction there or to take it back.</param>
public sealed record ReactToMessage(MessageId Message, string Emoji, ReactionAction Action)
{
    private static readonly (string Word, ReactionAction Value)[] Actions = [("add", ReactionAction.Add), ("remove", ReactionAction.Remove)];

    private static readonly MemberSet Members = new(
        ("messageId", JsonShapes.Id),
        ("emoji", JsonShapes.Text.About("One emoji, or a shortcode name of [a-z0-9_+-]{1,64} with or without colons; anything else is invalid_reaction.")),
        ("action", JsonShapes.OneOf(Actions)));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/>, or <see cref="Reason.InvalidReaction"/> where all but the emoji is right.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ReactToMessage? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        MessageId message = default;
        string? emoji = null;
        var action = ReactionAction.Add;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "messageId":
                    message = reader.Message("messageId");
                    break;
                case "emoji":
                    emoji = reader.Text("emoji");
                    break;
                case "action":
                    action = reader.OneOf("action", Actions);
                    break;
            }
        }

        var key = "";
        refusal = reader.End();
        if (refusal is null && !EmojiKey.TryCanonicalize(emoji!, out key))
            refusal = Refusal.InvalidReaction;
        value = refusal is null ? new ReactToMessage(message, key, action) : null;
        return value is not null;
    }
}
