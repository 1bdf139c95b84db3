using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The body that makes somebody a member of a workspace over HTTP: <c>{role}</c>.</summary>
/// <param name="Role">What they may do there.</param>
public sealed record SetMember(Role Role)
{
    private static readonly MemberSet Members = new(("role", JsonShapes.WordOf<Role>()));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out SetMember? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        var role = Role.Member;

        while (reader.Next(ref members))
            role = reader.Role("role");

        refusal = reader.End();
        value = refusal is null ? new SetMember(role) : null;
        return value is not null;
    }
}
