using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Says who belongs to a workspace: who may see its presence, and is seen there.</summary>
internal interface IWorkspaceAccess
{
    /// <summary>
    /// Whether the requester belongs to the workspace now. Asked on a join and when a socket opens, and again after
    /// <see cref="PresenceMessages.AccessChanged"/>. Safe to call from any thread; after a failure nobody is let in.
    /// </summary>
    ValueTask<bool> Admits(Requester requester, WorkspaceId workspace);

    /// <summary>How often it is asked again about those who are there, because it may change without a word; null for never.</summary>
    TimeSpan? RechecksEvery => null;
}
