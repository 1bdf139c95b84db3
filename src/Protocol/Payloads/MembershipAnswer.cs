using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>What a platform's own directory answers when it is asked whether somebody belongs to a workspace: <c>{member, role?}</c>.</summary>
/// <param name="IsMember">Whether they do.</param>
/// <param name="Role">What they may do there; null where the directory leaves that to the workspace.</param>
public sealed record MembershipAnswer(bool IsMember, Role? Role)
{
    private static readonly MemberSet Members = new(("member", JsonShapes.Boolean), ("role?", JsonShapes.WordOf<Role>()));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the answer; never throws. What is not of this shape is no answer, neither yes nor no.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out MembershipAnswer? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        var isMember = false;
        Role? role = null;

        while (reader.Next(ref members))
        {
            if (members.Name == "member")
                isMember = reader.Boolean("member");
            else
                role = reader.Role("role");
        }

        refusal = reader.End();
        value = refusal is null ? new MembershipAnswer(isMember, role) : null;
        return value is not null;
    }
}
