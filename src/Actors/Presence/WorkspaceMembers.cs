using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Belonging to a workspace as everywhere else: by the source of access and the workspace's own journal.</summary>
/// <param name="services">Both.</param>
internal sealed class WorkspaceMembers(ConversationServices services) : IWorkspaceAccess
{
    public TimeSpan? RechecksEvery => services.Access.RechecksEvery;

    public async ValueTask<bool> Admits(Requester requester, WorkspaceId workspace)
    {
        var roster = (WorkspaceState)await services.Replicas.Get(StreamId.Of(workspace), CancellationToken.None);
        return (await services.Access.StandingOf(requester, workspace, roster, CancellationToken.None)).IsMember;
    }
}
