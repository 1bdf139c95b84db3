using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The body of a channel's creation over HTTP: <c>{name, visibility}</c>. The id is the server's to make.</summary>
/// <param name="Name">The name shown to people, 1 to <see cref="PayloadLimits.NameLength"/> UTF-16 code units.</param>
/// <param name="Visibility">Who may join without being a member.</param>
public sealed record CreateChannel(string Name, ChannelVisibility Visibility)
{
    private static readonly (string Word, ChannelVisibility Value)[] Visibilities =
        [("public", ChannelVisibility.Public), ("private", ChannelVisibility.Private)];

    private static readonly MemberSet Members = new(("name", JsonShapes.Name), ("visibility", JsonShapes.OneOf(Visibilities)));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CreateChannel? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? name = null;
        var visibility = ChannelVisibility.Public;

        while (reader.Next(ref members))
        {
            if (members.Name == "name")
                name = reader.Name("name");
            else
                visibility = reader.OneOf("visibility", Visibilities);
        }

        refusal = reader.End();
        value = refusal is null ? new CreateChannel(name!, visibility) : null;
        return value is not null;
    }
}
