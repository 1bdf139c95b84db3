using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>See <see cref="AccessRules.ByJournal"/>.</summary>
internal sealed class JournalAccess : IAccessSource
{
    public bool Enrols => false;

    public ValueTask<Standing> StandingOf(Requester who, WorkspaceId workspace, WorkspaceState roster, CancellationToken cancellation) =>
        new(AccessRules.ByJournal(who, workspace, roster));
}
