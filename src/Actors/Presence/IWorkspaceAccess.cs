using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Says who belongs to a workspace: who may see its presence, and is seen there.</summary>
internal interface IWorkspaceAccess
{
    /// <summary>
    /// Whether the requester belongs to the workspace now. Asked on a join and when a socket opens, and again after
    /// <see cref="PresenceMessages.AccessChanged"/>. Safe to call from any thread; a failure counts as no.
    /// </summary>
    ValueTask<bool> Admits(Requester requester, WorkspaceId workspace);
}
