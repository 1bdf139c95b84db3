using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>What a node can say something about: a user's presence in a workspace, or the user's status.</summary>
/// <param name="Workspace">The workspace; null: the status.</param>
/// <param name="User">The user.</param>
internal readonly record struct PresenceName(WorkspaceId? Workspace, UserId User);
