using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// The body of a channel's creation over HTTP: <c>{name, visibility}</c>, or <c>{visibility: "direct", with}</c>. The id is the
/// server's to make.
/// </summary>
/// <param name="Name">The name shown to people, 1 to <see cref="PayloadLimits.NameLength"/> UTF-16 code units; empty for a direct channel.</param>
/// <param name="Visibility">Who may join without being a member.</param>
/// <param name="With">The other member of a direct channel; null for the other kinds.</param>
public sealed record CreateChannel(string Name, ChannelVisibility Visibility, UserId? With)
{
    private static readonly (string Word, ChannelVisibility Value)[] Visibilities =
        [("public", ChannelVisibility.Public), ("private", ChannelVisibility.Private), ("direct", ChannelVisibility.Direct)];

    private static readonly MemberSet Members = new(
        ("visibility", JsonShapes.OneOf(Visibilities)), ("name?", JsonShapes.Name), ("with?", JsonShapes.Id));

    /// <summary>The body as a schema: either has what the other has not.</summary>
    public static JsonShape Shape { get; } = JsonShape.AnyOf(
        new MemberSet(("visibility", JsonShapes.OneOf("public", "private")), ("name", JsonShapes.Name)).Shape,
        new MemberSet(("visibility", JsonShapes.OneOf("direct")), ("with", JsonShapes.Id)).Shape);

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CreateChannel? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? name = null;
        string? with = null;
        var visibility = ChannelVisibility.Public;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "name":
                    name = reader.Name("name");
                    break;
                case "with":
                    with = reader.Id("with");
                    break;
                default:
                    visibility = reader.OneOf("visibility", Visibilities);
                    break;
            }
        }

        // Two people need no name for what only they see; a channel for more needs one.
        var (needed, excluded) = visibility == ChannelVisibility.Direct ? ("with", "name") : ("name", "with");
        if ((needed == "with" ? with : name) is null)
            reader.Fail(PayloadFault.Missing, needed);
        else if ((excluded == "with" ? with : name) is not null)
            reader.Fail(PayloadFault.Exclusive, excluded);

        refusal = reader.End();
        value = refusal is null ? new CreateChannel(name ?? "", visibility, with is null ? null : UserId.Parse(with)) : null;
        return value is not null;
    }
}
