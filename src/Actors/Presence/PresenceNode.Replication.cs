using System.Collections.Immutable;
using Akka;
using Akka.Actor;
using Akka.Cluster;
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

    /// <summary>
    /// Buckets written at once. The longest wait is then 8 intervals, when a crowd touches all of them; one user more or less
    /// waits for one.
    /// </summary>
    private const int WritesAtOnce = PresenceKeys.Buckets / 8;

    private HashSet<string> _orphans = [];
    private IActorRef? _retiring;
    private int _farewells;

    // Alone there is nobody to tell, and what is told costs memory a user. To the first who comes all is told at once; so it
    // is after a failure, since what was still to be told then is not known any more.
    private void OnMember(ClusterEvent.IMemberEvent m)
    {
        if (m.Member.UniqueAddress.Equals(_self))
            return;

        if (m is ClusterEvent.MemberRemoved)
        {
            if (_others.Remove(m.Member.UniqueAddress) && _others.Count == 0)
                _unwritten.Clear();
            return;
        }

        if (_others.Add(m.Member.UniqueAddress) && _others.Count == 1)
            _unwritten.AddAll();
        FlushSoon();
    }

    private void ToWrite(PresenceName name)
    {
        if (_others.Count == 0)
            return;
        _unwritten.Add(name);
        FlushSoon();
    }

    private void OnFlush()
    {
        if (_retiring is not null)
            return;
        for (var i = 0; i < WritesAtOnce && _unwritten.TryTake(out var bucket, out var names); i++)
            Write(bucket, names);
        FlushSoon();
    }

    private void Write(int bucket, IReadOnlyCollection<PresenceName>? names)
    {
        var isWhole = names is null;
        var lines = (names ?? _local.Names().Where(name => PresenceKeys.BucketOf(name.User) == bucket))
            .Select(Line)
            .ToDictionary();
        var self = _self;
        QuikAppMetrics.PresenceWritten();
        _replicator.Tell(Dsl.Update(
            PresenceKeys.Key(_node.Address, bucket),
            Bucket.Empty,
            Dsl.WriteLocal,
            new Written(bucket),
            there =>
            {
                foreach (var (name, value) in lines)
                {
                    there = value is not null ? there.SetItem(self, name, value)
                        : there.ContainsKey(name) ? there.Remove(self, name)
                        : there;
                }

                return isWhole ? there.Keys.Where(name => !lines.ContainsKey(name)).Aggregate(there, (rest, name) => rest.Remove(self, name)) : there;
            }));
    }

    private KeyValuePair<string, string?> Line(PresenceName name) => KeyValuePair.Create(
        PresenceCodec.Name(_node.Uid, name.Workspace, name.User),
        _local.FactOf(_node, name) switch
        {
            PresenceFact.EntryPut m => PresenceCodec.Text(m.Entry),
            PresenceFact.StatusPut m => PresenceCodec.Text(m.Status),
            _ => null,
        });

    // A local write fails by a defect alone; the whole bucket is written again with what is true by then.
    private void OnUpdated(IUpdateResponse m)
    {
        if (m is not UpdateSuccess)
            _log.Warning("{Key} could not be written: {Answer}", m.Key.Id, m.GetType().Name);
        if (m.Request is Farewell)
            EndFarewell();
        if (_retiring is not null || m is UpdateSuccess || m.Request is not Written written)
            return;
        _unwritten.AddWhole(written.Bucket);
        FlushSoon();
    }

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

    // Looked at with every change of a bucket, so that it must cost nothing.
    private bool IsRubbish(string line) => !PresenceCodec.TryUid(line, out var uid) || uid != _node.Uid;

    // A node that crashed and never came back leaves its entries: pruning takes its name out of version vectors alone. The
    // leader empties what belonged to nobody in two sweeps. The keys stay: a key that was deleted could never be used again.
    private void OnKeys(GetKeysIdsResult m)
    {
        var state = Cluster.Get(Context.System).State;
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
    private sealed record Written(int Bucket);

    private sealed class Farewell
    {
        public static readonly Farewell Instance = new();
    }
}
