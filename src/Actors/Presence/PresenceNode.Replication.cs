using System.Collections.Immutable;
using Akka;
using Akka.Actor;
using Akka.DistributedData;
using Akka.Event;
using QuikApp.Actors.Telemetry;
using Bucket = Akka.DistributedData.LWWDictionary<string, string>;

namespace QuikApp.Actors.Presence;

// What this node says to the others. It alone writes the keys of its address, so two writes never conflict; and one life
// writes under its own number, so that what an earlier life left behind is nothing but rubbish, which is taken away when seen.
internal sealed partial class PresenceNode
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);

    private HashSet<string> _orphans = [];
    private IActorRef? _retiring;
    private int _farewells;
    private bool _isReborn;

    private void OnFlush()
    {
        if (_retiring is not null)
            return;
        foreach (var bucket in _unwritten.GroupBy(name => PresenceKeys.BucketOf(name.User)))
            Write(bucket.Key, [.. bucket.Select(Line)]);
        _unwritten.Clear();
    }

    private KeyValuePair<string, string?> Line(PresenceName name) => KeyValuePair.Create(
        PresenceCodec.Name(_node.Uid, name.Workspace, name.User),
        _local.FactOf(_node, name) switch
        {
            PresenceFact.EntryPut m => PresenceCodec.Text(m.Entry),
            PresenceFact.StatusPut m => PresenceCodec.Text(m.Status),
            _ => null,
        });

    private void Write(int bucket, ImmutableArray<KeyValuePair<string, string?>> lines)
    {
        var self = _self;
        QuikAppMetrics.PresenceWritten();
        _replicator.Tell(Dsl.Update(
            PresenceKeys.Key(_node.Address, bucket),
            Bucket.Empty,
            Dsl.WriteLocal,
            new Written(lines),
            there => lines.Aggregate(there, (sum, line) =>
                line.Value is { } value ? sum.SetItem(self, line.Key, value)
                : sum.ContainsKey(line.Key) ? sum.Remove(self, line.Key)
                : sum)));
    }

    // A local write fails by a defect alone; what it was about is written again with what is true by then.
    private void OnUpdated(IUpdateResponse m)
    {
        if (m is not UpdateSuccess)
            _log.Warning("{Key} could not be written: {Answer}", m.Key.Id, m.GetType().Name);
        if (_retiring is not null && m.Request is Farewell)
            EndFarewell();
        if (_retiring is not null || m is UpdateSuccess || m.Request is not Written written)
            return;

        foreach (var line in written.Lines)
        {
            if (NameOf(line.Key) is { } name)
                _unwritten.Add(name);
        }

        FlushSoon();
    }

    private PresenceName? NameOf(string line) => PresenceCodec.Read(_node.Address, line, null) switch
    {
        PresenceFact.EntryGone m when m.Node == _node => new PresenceName(m.Workspace, m.User),
        PresenceFact.StatusGone m when m.Node == _node => new PresenceName(null, m.User),
        _ => null,
    };

    private void OnOwnKeyChanged(Changed m)
    {
        // Enumerated: Keys copies them all into a set.
        var rubbish = ((Bucket)m.Data).Select(line => line.Key).Where(IsRubbish).ToImmutableArray();
        if (rubbish.IsEmpty)
            return;
        var self = _self;
        _replicator.Tell(Dsl.Update(
            (LWWDictionaryKey<string, string>)m.Key,
            Bucket.Empty,
            Dsl.WriteLocal,
            now => rubbish.Aggregate(now, (rest, name) => rest.ContainsKey(name) ? rest.Remove(self, name) : rest)));
    }

    // Looked at with every change of a bucket, so the usual case, a line of this life, must cost nothing. Only an actor that
    // failed and started anew may have forgotten to take one of its own lines back.
    private bool IsRubbish(string line) =>
        !PresenceCodec.TryUid(line, out var uid)
        || uid != _node.Uid
        || (_isReborn
            && (NameOf(line) is not { } name
                || (!_unwritten.Contains(name) && _local.FactOf(_node, name) is PresenceFact.EntryGone or PresenceFact.StatusGone)));

    // A node that crashed and never came back leaves its entries: pruning takes its name out of version vectors alone. The
    // leader empties what belonged to nobody in two sweeps. The keys stay: a key that was deleted could never be used again.
    private void OnKeys(GetKeysIdsResult m)
    {
        var state = Akka.Cluster.Cluster.Get(Context.System).State;
        var members = state.Members.Select(member => PresenceKeys.NodeOf(member.UniqueAddress).Address).ToHashSet();
        var orphans = m.Keys.Where(key => PresenceKeys.AddressOf(key) is { } address && !members.Contains(address)).ToHashSet();
        if (_self.Address.Equals(state.Leader))
        {
            foreach (var key in orphans.Where(_orphans.Contains))
                Empty(new LWWDictionaryKey<string, string>(key), Dsl.WriteLocal, request: null);
        }

        _orphans = orphans;
    }

    private void Empty(LWWDictionaryKey<string, string> key, IWriteConsistency consistency, object? request)
    {
        var self = _self;
        _replicator.Tell(Dsl.Update(
            key, Bucket.Empty, consistency, request, there => there.Keys.Aggregate(there, (rest, name) => rest.Remove(self, name))));
    }

    // The others hear of it now, before this node leaves, and keep its users for the grace: they are on their way to them.
    private void OnRetire()
    {
        if (_retiring is not null)
            return;
        _retiring = Sender;
        _farewells = PresenceKeys.Buckets;
        for (var bucket = 0; bucket < PresenceKeys.Buckets; bucket++)
            Empty(PresenceKeys.Key(_node.Address, bucket), new WriteAll(FarewellPatience), Farewell.Instance);
    }

    private void EndFarewell()
    {
        if (--_farewells == 0)
            _retiring!.Tell(Done.Instance);
    }

    /// <summary>What a write was about.</summary>
    private sealed record Written(ImmutableArray<KeyValuePair<string, string?>> Lines);

    private sealed class Farewell
    {
        public static readonly Farewell Instance = new();
    }
}
