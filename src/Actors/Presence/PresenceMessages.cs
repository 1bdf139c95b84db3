using System.Collections.Immutable;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>
/// What sessions, hubs and the presence actors of one node say to each other. Nothing here crosses nodes: that is the
/// replicated data's part.
/// </summary>
internal static class PresenceMessages
{
    /// <summary>To <see cref="PresenceNode"/>: a socket opened, and counts in each workspace of its token.</summary>
    public sealed record Opened(Requester Requester, Device Device) : INoSerializationVerificationNeeded;

    /// <summary>To <see cref="PresenceNode"/>: a socket for which <see cref="Opened"/> was said, with just this, counts no more.</summary>
    public sealed record Closed(Requester Requester, Device Device) : INoSerializationVerificationNeeded;

    /// <summary>
    /// To <see cref="PresenceNode"/> of any node: the user set a status. The greatest version wins; one that is not greater
    /// than what is known changes nothing, so that it may be said again.
    /// </summary>
    public sealed record SetStatus(UserId User, UserStatus Status) : INoSerializationVerificationNeeded;

    /// <summary>
    /// On the event stream of every node: whether the user belongs to the workspace has changed, so
    /// <see cref="IWorkspaceAccess"/> is asked again. To one hub, where only a token changed.
    /// </summary>
    public sealed record AccessChanged(UserId User, WorkspaceId Workspace) : INoSerializationVerificationNeeded;

    /// <summary>To <see cref="PresenceNode"/>: the node stops, so take back all it said. Answered with <see cref="Akka.Done"/>.</summary>
    public sealed class Retire : INoSerializationVerificationNeeded
    {
        public static readonly Retire Instance = new();
    }

    /// <summary>To <see cref="PresenceView"/>: who is online in a workspace, for one who looks. Answered with <see cref="Found"/>.</summary>
    public sealed record Find(WorkspaceId Workspace, UserId Viewer) : INoSerializationVerificationNeeded;

    /// <summary>Who is online, in the order of their ids.</summary>
    public sealed record Found(ImmutableArray<UserPresence> Presences) : INoSerializationVerificationNeeded;

    /// <summary>From <see cref="PresenceNode"/> to <see cref="PresenceView"/>: what this node says itself.</summary>
    public sealed record Said(IReadOnlyCollection<PresenceFact> Facts) : INoSerializationVerificationNeeded;

    /// <summary>From <see cref="PresenceView"/> to <see cref="PresenceNode"/>: another node has a newer status of a user who is here.</summary>
    public sealed record StatusSeen(UserId User, UserStatus Status) : INoSerializationVerificationNeeded;

    /// <summary>On the event stream: the view starts from nothing, so say and ask again.</summary>
    public sealed record ViewStarted(IActorRef View) : INoSerializationVerificationNeeded;

    /// <summary>From a hub to <see cref="PresenceView"/>: tell me who is online in a workspace, and then what changes. Ends with the hub.</summary>
    public sealed record Watch(WorkspaceId Workspace) : INoSerializationVerificationNeeded;

    /// <summary>The answer to <see cref="Watch"/>: everybody, the invisible ones too. What changes comes behind it.</summary>
    public sealed record Watched(ImmutableArray<UserPresence> Presences) : INoSerializationVerificationNeeded;

    /// <summary>What changed in the workspace: at most one change a user.</summary>
    public sealed record Changes(ImmutableArray<PresenceChange> Each) : INoSerializationVerificationNeeded;

    /// <summary>
    /// From a hub to <see cref="PresenceView"/>: may this requester see the workspace's presence? For a join by way of
    /// <see cref="PresenceNode"/>, so that the answer comes behind the requester's own presence.
    /// </summary>
    public sealed record RequestAccess(Requester Requester, WorkspaceId Workspace, long Correlation) : INoSerializationVerificationNeeded;

    /// <summary>The answer to <see cref="RequestAccess"/>; null where it cannot be known at present.</summary>
    public sealed record AccessAnswer(long Correlation, bool? IsAdmitted) : INoSerializationVerificationNeeded;
}
