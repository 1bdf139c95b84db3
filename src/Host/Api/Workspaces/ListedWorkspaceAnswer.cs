using System.ComponentModel;
using QuikApp.Actors.Workspaces;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>A workspace as a list shows it.</summary>
[Description("A workspace of a list.")]
internal sealed record ListedWorkspaceAnswer(
    [property: Description("The workspace's id, of which its topics are made.")] string Id,
    [property: Description("The name shown to people.")] string Name,
    [property: Description("Whether it takes no changes any more.")] bool Archived)
{
    /// <summary>A workspace as it is.</summary>
    public static ListedWorkspaceAnswer Of(WorkspaceInfo workspace) => new(workspace.Workspace.Value, workspace.Name, workspace.Archived);
}
