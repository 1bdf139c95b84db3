using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Workspaces;

/// <summary>What a workspace is.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Archived">Whether it takes no changes any more.</param>
internal sealed record WorkspaceInfo(WorkspaceId Workspace, string Name, bool Archived = false);
