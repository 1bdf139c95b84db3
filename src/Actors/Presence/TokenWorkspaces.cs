using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Whoever's token names the workspace belongs to it.</summary>
internal sealed class TokenWorkspaces : IWorkspaceAccess
{
    public ValueTask<bool> Admits(Requester requester, WorkspaceId workspace) => new(requester.Workspaces.Contains(workspace));
}
