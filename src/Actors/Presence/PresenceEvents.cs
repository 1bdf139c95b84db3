using System.Collections.Immutable;
using QuikApp.Actors.Delivery;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>
/// One batch of changes as events for subscribers, made once a format for everybody. Only a user who is or was invisible
/// sees something else than the others, and gets events of their own.
/// </summary>
internal sealed class PresenceEvents
{
    private readonly Topic _topic;
    private readonly WorkspaceId _workspace;
    private readonly ImmutableArray<PresenceChange> _changes;
    private readonly HashSet<UserId> _ownView;
    private readonly IReadOnlyList<BroadcastEvent>?[] _shared = new IReadOnlyList<BroadcastEvent>?[2];

    /// <param name="topic">The topic.</param>
    /// <param name="workspace">Its workspace.</param>
    /// <param name="changes">At most one a user.</param>
    public PresenceEvents(Topic topic, WorkspaceId workspace, ImmutableArray<PresenceChange> changes)
    {
        _topic = topic;
        _workspace = workspace;
        _changes = changes;
        _ownView = [.. changes.Where(change => IsInvisible(change.Before) || IsInvisible(change.After)).Select(change => change.User)];
    }

    /// <summary>The events for a viewer.</summary>
    public IReadOnlyList<BroadcastEvent> For(UserId viewer, PresenceFormat format) =>
        _ownView.Contains(viewer) ? Make(viewer, format) : _shared[(int)format] ??= Make(viewer: default, format);

    // The viewer who is nobody sees what everybody sees.
    private List<BroadcastEvent> Make(UserId viewer, PresenceFormat format)
    {
        var seen = _changes.Select(change => change.SeenBy(viewer)).Where(change => change.IsVisible).ToList();
        if (format is PresenceFormat.Events)
            return [.. seen.Select(EventOf)];
        if (seen.Count == 0)
            return [];

        var pairs = seen.ConvertAll(change => (change.Before, change.After));
        return [BroadcastEvent.Unnumbered(_topic, EventNames.PresenceDiff, json => PhoenixPresence.WriteDiff(json, _workspace, pairs))];
    }

    private BroadcastEvent EventOf(PresenceChange change) => change switch
    {
        { Before: null, After: { } after } =>
            BroadcastEvent.Unnumbered(_topic, EventNames.PresenceJoin, json => PresencePayload.WriteItem(json, after)),
        { Before: { } before, After: { } after } =>
            BroadcastEvent.Unnumbered(_topic, EventNames.PresenceUpdate, json => PresencePayload.WriteUpdate(json, before, after)),
        _ => BroadcastEvent.Unnumbered(_topic, EventNames.PresenceLeave, json => PresencePayload.WriteLeave(json, change.User, change.LastSeen)),
    };

    private static bool IsInvisible(UserPresence? presence) => presence is { Status: PresenceStatus.Invisible };
}
