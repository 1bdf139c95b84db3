using System.Collections.Immutable;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>One user in one workspace, before and after.</summary>
/// <param name="Workspace">Where.</param>
/// <param name="User">Who.</param>
/// <param name="Before">As it was; null: not there.</param>
/// <param name="After">As it is; null: not there.</param>
/// <param name="LastSeen">When the user was last there, for a change that takes them away.</param>
internal sealed record PresenceChange(
    WorkspaceId Workspace, UserId User, UserPresence? Before, UserPresence? After, DateTimeOffset LastSeen)
{
    /// <summary>Whether anybody could see a difference.</summary>
    public bool IsVisible => (Before, After) switch
    {
        (null, null) => false,
        ({ } before, { } after) => !before.LooksLike(after),
        _ => true,
    };

    /// <summary>The change as a viewer sees it: for others, an invisible user is not there.</summary>
    public PresenceChange SeenBy(UserId viewer) => this with { Before = Before?.SeenBy(viewer), After = After?.SeenBy(viewer) };

    /// <summary>Several changes one after the other as one a user, without what cancels out.</summary>
    public static ImmutableArray<PresenceChange> Net(IReadOnlyCollection<PresenceChange> changes)
    {
        if (changes.Count == 1)
            return changes.First() is { IsVisible: true } only ? [only] : [];

        var net = new Dictionary<(WorkspaceId, UserId), PresenceChange>(changes.Count);
        foreach (var change in changes)
        {
            var key = (change.Workspace, change.User);
            net[key] = net.TryGetValue(key, out var earlier) ? change with { Before = earlier.Before } : change;
        }

        return [.. net.Values.Where(change => change.IsVisible)];
    }

    /// <summary>What leads from one list of who is online to another.</summary>
    /// <param name="workspace">Whose lists they are.</param>
    /// <param name="before">The old one.</param>
    /// <param name="after">The new one.</param>
    /// <param name="now">Stands for when those were last seen who are gone.</param>
    public static ImmutableArray<PresenceChange> Between(
        WorkspaceId workspace,
        IReadOnlyDictionary<UserId, UserPresence> before,
        IReadOnlyDictionary<UserId, UserPresence> after,
        DateTimeOffset now) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(user => new PresenceChange(workspace, user, before.GetValueOrDefault(user), after.GetValueOrDefault(user), now))
            .Where(change => change.IsVisible),
    ];
}
