using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>From what is known of a requester to their standing in a workspace. Pure.</summary>
internal static class AccessRules
{
    /// <summary>By the token's claims: whoever's token names the workspace belongs to it, unless they were removed.</summary>
    public static Standing ByClaims(Requester who, WorkspaceId workspace, WorkspaceState roster) =>
        Opens(who, workspace) ? Of(who, roster, who.Workspaces.Contains(workspace)) : ShutOut(who);

    /// <summary>By the workspace's own journal.</summary>
    public static Standing ByJournal(Requester who, WorkspaceId workspace, WorkspaceState roster) =>
        Opens(who, workspace) ? Of(who, roster, roster.Members.ContainsKey(who.User)) : ShutOut(who);

    /// <summary>By the word of the platform's own directory.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="roster">The workspace.</param>
    /// <param name="isMember">Whether they belong to it, by that word.</param>
    /// <param name="role">Their role there, by that word; null leaves it to the workspace.</param>
    public static Standing ByDirectory(Requester who, WorkspaceState roster, bool isMember, Role? role) =>
        isMember || who.IsServer ? Of(who, roster, isMember, role) : ShutOut(who);

    /// <summary>Whether the token opens the workspace: one that names workspaces opens no others.</summary>
    public static bool Opens(Requester who, WorkspaceId workspace) => who.Workspaces.Count == 0 || who.Workspaces.Contains(workspace);

    // A removal overrules every other word.
    private static Standing Of(Requester who, WorkspaceState roster, bool isMember, Role? role = null)
    {
        if (who.IsServer)
            return Standing.Server;
        if (roster.Removed.Contains(who.User))
            return ShutOut(who);
        return isMember
            ? new Standing(IsMember: true, IsShutOut: false, Stronger(who.Role, role ?? roster.Members.GetValueOrDefault(who.User, Role.Member)))
            : new Standing(IsMember: false, IsShutOut: false, who.Role);
    }

    private static Standing ShutOut(Requester who) => new(IsMember: false, IsShutOut: true, who.Role);

    // A token that reads journals writes nothing, whatever its subject is in the workspace.
    private static Role Stronger(Role token, Role roster)
    {
        if (token == Role.Auditor || roster == Role.Auditor)
            return Role.Auditor;
        return token > roster ? token : roster;
    }
}
