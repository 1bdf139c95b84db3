using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The body of a workspace's creation over HTTP: <c>{id?, name}</c>.</summary>
/// <param name="Id">The id that tokens name it by; null where the server is to make one.</param>
/// <param name="Name">The name shown to people, 1 to <see cref="PayloadLimits.NameLength"/> UTF-16 code units.</param>
public sealed record CreateWorkspace(WorkspaceId? Id, string Name)
{
    private static readonly MemberSet Members = new(("id?", JsonShapes.Id), ("name", JsonShapes.Name));

    /// <summary>The body as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the body; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CreateWorkspace? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? id = null;
        string? name = null;

        while (reader.Next(ref members))
        {
            if (members.Name == "id")
                id = reader.Id("id");
            else
                name = reader.Name("name");
        }

        refusal = reader.End();
        value = refusal is null ? new CreateWorkspace(id is null ? null : WorkspaceId.Parse(id), name!) : null;
        return value is not null;
    }
}
