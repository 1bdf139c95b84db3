using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Presence.PresenceFact;

namespace QuikApp.Actors.Presence;

// Nodes come, fall silent and go, and what they said with them.
internal sealed partial class ClusterPresence
{
    private void PutStatus(StatusPut m, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        Change(Presences(m.User), now, changes, () => RecordOf(m.Node).Statuses[m.User] = m.Status);
        Schedule(m.User, now);
    }

    // One a user, or whoever sets a new end every second would fill the queue.
    private void Schedule(UserId user, DateTimeOffset now)
    {
        _expiries.Remove(user, out _, out _);
        if (StatusOf(user).ExpiresAt is { } at && at > now)
            _expiries.Enqueue(user, at);
    }

    private void Show(NodeId node, bool isShown, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        var record = RecordOf(node);
        if (record.IsShown != isShown)
            Change([.. record.Keys()], now, changes, () => record.IsShown = isShown);
    }

    private void Drop(NodeId node, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        if (!_nodes.TryGetValue(node, out var record))
            return;
        // With its last word on a user's status goes the user's status everywhere.
        var touched = record.Keys().Concat(record.Statuses.Keys.SelectMany(Presences)).Distinct().ToList();
        Change(touched, now, changes, () => _nodes.Remove(node));
        foreach (var user in record.Statuses.Keys)
            Schedule(user, now);
    }

    private void DropIfDone(NodeId node, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        if (_nodes.TryGetValue(node, out var record) && record is { HasLeft: true, Workspaces.Count: 0, Statuses.Count: 0 })
            Drop(node, now, changes);
    }

    // Somebody who was there stays for the grace, with the time from which on nobody vouches for them.
    private void EndEntry(NodeId node, NodeRecord record, WorkspaceId workspace, UserId user, DateTimeOffset now)
    {
        if (record.Entry(workspace, user) is not { } entry)
            return;
        if (entry.Devices.IsEmpty)
        {
            record.Remove(workspace, user);
            return;
        }

        if (entry.LastSeenMs > 0)
            return;
        var lingering = new EntryPut(node, workspace, user, entry with { LastSeenMs = now.ToUnixTimeMilliseconds() });
        record.Put(workspace, user, lingering.Entry);
        _lingering.Enqueue((now + grace, lingering));
    }

    // A status stays for the grace too: until then whoever has the user's sockets now has said that they know it.
    private void EndStatus(NodeId node, NodeRecord record, UserId user, DateTimeOffset now)
    {
        if (record.Statuses.TryGetValue(user, out var status))
            _fading.Enqueue((now + grace, new StatusPut(node, user, status)));
    }

    private void EndFade(StatusPut fading, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        if (!_nodes.TryGetValue(fading.Node, out var record) || record.Statuses.GetValueOrDefault(fading.User) != fading.Status)
            return;
        Change(Presences(fading.User), now, changes, () => record.Statuses.Remove(fading.User));
        Schedule(fading.User, now);
        DropIfDone(fading.Node, now, changes);
    }

    // Unless the node has said something new of them meanwhile.
    private void EndLinger(EntryPut lingering, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        if (!_nodes.TryGetValue(lingering.Node, out var record) || record.Entry(lingering.Workspace, lingering.User) != lingering.Entry)
            return;
        var key = (lingering.Workspace, lingering.User);
        Change([key], LastSeen(lingering.Entry, now), changes, () => record.Remove(lingering.Workspace, lingering.User));
        DropIfDone(lingering.Node, now, changes);
    }
}
