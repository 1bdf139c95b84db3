using System.Collections.Frozen;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Conversations;

/// <summary>Who asks, as the token says, and from which socket: everything an authorisation rule may look at.</summary>
/// <param name="User">The subject.</param>
/// <param name="Workspaces">The workspaces the token vouches for.</param>
/// <param name="Role">The role claim.</param>
internal sealed record Requester(UserId User, FrozenSet<WorkspaceId> Workspaces, Role Role)
{
    /// <summary>The server itself, where it sets something up on nobody's behalf (the demo workspace).</summary>
    public static Requester Server { get; } = new(UserId.Parse("server"), FrozenSet<WorkspaceId>.Empty, Role.Admin) { IsServer = true };

    /// <summary>True for the server alone: no token gives it.</summary>
    public bool IsServer { get; init; }

    /// <summary>The name to be shown, where the token has one.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of device of the socket.</summary>
    public Device Device { get; init; } = Device.Web;

    /// <summary>The socket: random, made by the server; empty where there is none.</summary>
    public string Session { get; init; } = "";

    /// <summary>The server, carrying on what a user did: the record names the user and is under the user's key.</summary>
    public static Requester OnBehalfOf(UserId user) => new(user, FrozenSet<WorkspaceId>.Empty, Role.Member) { IsServer = true };
}
