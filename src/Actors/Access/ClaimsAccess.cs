using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>See <see cref="AccessRules.ByClaims"/>.</summary>
internal sealed class ClaimsAccess : IAccessSource
{
    public bool Enrols => true;

    public ValueTask<Standing> StandingOf(Requester who, WorkspaceId workspace, WorkspaceState roster, CancellationToken cancellation) =>
        new(AccessRules.ByClaims(who, workspace, roster));
}
