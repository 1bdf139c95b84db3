using System.Collections.Frozen;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>Who asks, as the token says: everything an authorisation rule may look at.</summary>
/// <param name="User">The subject.</param>
/// <param name="Workspaces">The workspaces the token vouches for.</param>
/// <param name="Role">The role claim.</param>
internal sealed record Requester(UserId User, FrozenSet<WorkspaceId> Workspaces, Role Role)
{
    /// <summary>The server itself, where it sets something up on nobody's behalf (the demo workspace).</summary>
    public static Requester Server { get; } = new(UserId.Parse("server"), FrozenSet<WorkspaceId>.Empty, Role.Admin) { IsServer = true };

    /// <summary>True for <see cref="Server"/> alone: no token gives it.</summary>
    public bool IsServer { get; init; }

    /// <summary>Whether the role outranks membership: may delete what others wrote and change who is a member.</summary>
    public bool Moderates => Role is Role.Moderator or Role.Admin;
}
