using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The body of a change to a channel or a workspace over HTTP: <c>{name?, archived?}</c>, at least one of them.</summary>
/// <param name="Name">The new name; null to keep it.</param>
/// <param name="Archived">Whether it is to take no messages or changes any more; null to leave that as it is.</param>
public sealed record ChangePlace(string? Name, bool? Archived)
{
    private static readonly MemberSet Members = new(("name?", JsonShapes.Name), ("archived?", JsonShapes.Boolean));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ChangePlace? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? name = null;
        bool? archived = null;

        while (reader.Next(ref members))
        {
            if (members.Name == "name")
                name = reader.Name("name");
            else
                archived = reader.Boolean("archived");
        }

        if (name is null && archived is null)
            reader.Fail(PayloadFault.Empty);
        refusal = reader.End();
        value = refusal is null ? new ChangePlace(name, archived) : null;
        return value is not null;
    }
}
