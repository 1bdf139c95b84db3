using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Something that happened in the cluster and may change who is seen: the closed set that <see cref="ClusterPresence"/> folds.</summary>
internal abstract record PresenceFact(NodeId Node)
{
    /// <summary>A node says this of a user in a workspace.</summary>
    public sealed record EntryPut(NodeId Node, WorkspaceId Workspace, UserId User, NodeEntry Entry) : PresenceFact(Node);

    /// <summary>
    /// A node says nothing more of a user in a workspace. Where it said before that the user was there, the node is emptying
    /// itself in order to stop: the user has the grace to come back elsewhere.
    /// </summary>
    public sealed record EntryGone(NodeId Node, WorkspaceId Workspace, UserId User) : PresenceFact(Node);

    /// <summary>A node knows this status of a user.</summary>
    public sealed record StatusPut(NodeId Node, UserId User, UserStatus Status) : PresenceFact(Node);

    /// <summary>A node knows no status of a user any more; it holds for the grace, so that another node can take it over.</summary>
    public sealed record StatusGone(NodeId Node, UserId User) : PresenceFact(Node);

    /// <summary>The node is a member that can be reached: what it says counts.</summary>
    public sealed record NodeShown(NodeId Node) : PresenceFact(Node);

    /// <summary>The node cannot be reached: what it says is hidden until it can, or until it is dropped.</summary>
    public sealed record NodeHidden(NodeId Node) : PresenceFact(Node);

    /// <summary>The node left in good order: its users have the grace to come back elsewhere.</summary>
    public sealed record NodeLeft(NodeId Node) : PresenceFact(Node);

    /// <summary>The node is a member no longer: what it said is forgotten.</summary>
    public sealed record NodeDropped(NodeId Node) : PresenceFact(Node);
}
