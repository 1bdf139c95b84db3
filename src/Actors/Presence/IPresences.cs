using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>Who is online, for those who ask once and do not listen.</summary>
internal interface IPresences
{
    /// <summary>
    /// Everybody online in a workspace whom the viewer may see, in the order of their ids. Whether the viewer belongs to the
    /// workspace is for the caller to find out.
    /// </summary>
    /// <exception cref="Akka.Actor.AskTimeoutException">The node did not answer within 5 s.</exception>
    Task<IReadOnlyList<UserPresence>> Snapshot(WorkspaceId workspace, UserId viewer, CancellationToken cancellation);
}
