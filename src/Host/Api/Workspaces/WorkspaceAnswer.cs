using System.ComponentModel;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>A workspace as the API shows it.</summary>
[Description("A workspace.")]
internal sealed record WorkspaceAnswer(
    [property: Description("The workspace's id, of which its topics are made.")] string Id,
    [property: Description("The name shown to people.")] string Name,
    [property: Description("Whether it takes no changes any more.")] bool Archived,
    [property: Description("RFC 3339, UTC.")] string CreatedAt)
{
    /// <summary>A workspace as it is.</summary>
    /// <param name="workspace">What it is.</param>
    /// <param name="at">When it was created.</param>
    public static WorkspaceAnswer Of(WorkspaceInfo workspace, DateTimeOffset at) =>
        new(workspace.Workspace.Value, workspace.Name, workspace.Archived, Rfc3339.Format(at));
}
