using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>All that one life of a node said, and whether it counts.</summary>
internal sealed class NodeRecord
{
    /// <summary>Whether the node is a member that can be reached.</summary>
    public bool IsShown { get; set; }

    /// <summary>Whether the node left in good order; the record goes with its last entry.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Who is where.</summary>
    public Dictionary<WorkspaceId, Dictionary<UserId, NodeEntry>> Workspaces { get; } = [];

    /// <summary>What users said about themselves, as far as the node knows.</summary>
    public Dictionary<UserId, UserStatus> Statuses { get; } = [];

    /// <summary>The entry of a user in a workspace.</summary>
    public NodeEntry? Entry(WorkspaceId workspace, UserId user) =>
        Workspaces.TryGetValue(workspace, out var users) && users.TryGetValue(user, out var entry) ? entry : null;

    /// <summary>Every entry's key.</summary>
    public IEnumerable<(WorkspaceId Workspace, UserId User)> Keys() =>
        Workspaces.SelectMany(workspace => workspace.Value.Keys.Select(user => (workspace.Key, user)));

    public void Put(WorkspaceId workspace, UserId user, NodeEntry entry)
    {
        if (!Workspaces.TryGetValue(workspace, out var users))
            Workspaces.Add(workspace, users = []);
        users[user] = entry;
    }

    public void Remove(WorkspaceId workspace, UserId user)
    {
        if (Workspaces.TryGetValue(workspace, out var users) && users.Remove(user) && users.Count == 0)
            Workspaces.Remove(workspace);
    }
}
