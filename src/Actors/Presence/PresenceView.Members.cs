using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;

namespace QuikApp.Actors.Presence;

// Whose word counts: that of members that can be reached. A silent one is hidden at once, and forgotten when the cluster
// has decided that it is gone.
internal sealed partial class PresenceView
{
    private readonly Dictionary<string, HashSet<int>> _addresses = [];
    private readonly HashSet<NodeId> _unreachable = [];

    private void OnMember(ClusterEvent.IMemberEvent m)
    {
        var node = PresenceKeys.NodeOf(m.Member.UniqueAddress);
        if (node == _self)
            return;

        switch (m)
        {
            case ClusterEvent.MemberRemoved removed:
                Apply(removed.PreviousStatus is MemberStatus.Down ? new PresenceFact.NodeDropped(node) : new PresenceFact.NodeLeft(node));
                Forget(node);
                break;
            case ClusterEvent.MemberDowned:
                Apply(new PresenceFact.NodeHidden(node));
                break;
            default:
                Know(node);
                if (!_unreachable.Contains(node))
                    Apply(new PresenceFact.NodeShown(node));
                break;
        }

        Settle();
    }

    private void OnReach(Member member, bool isReachable)
    {
        var node = PresenceKeys.NodeOf(member.UniqueAddress);
        if (node == _self || member.Status is MemberStatus.Down or MemberStatus.Removed)
            return;

        if (isReachable ? _unreachable.Remove(node) : _unreachable.Add(node))
            Apply(isReachable ? new PresenceFact.NodeShown(node) : new PresenceFact.NodeHidden(node));
        Settle();
    }

    private void Know(NodeId node)
    {
        if (_addresses.TryGetValue(node.Address, out var lives))
        {
            lives.Add(node.Uid);
            return;
        }

        _addresses.Add(node.Address, [node.Uid]);
        Subscribe(node.Address, isOn: true);
    }

    private void Forget(NodeId node)
    {
        _unreachable.Remove(node);
        if (!_addresses.TryGetValue(node.Address, out var lives) || !lives.Remove(node.Uid) || lives.Count > 0)
            return;
        _addresses.Remove(node.Address);
        Subscribe(node.Address, isOn: false);
    }

    private void Subscribe(string address, bool isOn)
    {
        for (var bucket = 0; bucket < PresenceKeys.Buckets; bucket++)
        {
            var key = PresenceKeys.Key(address, bucket);
            if (isOn)
            {
                _replicator.Tell(Dsl.Subscribe(key, Self));
                continue;
            }

            _replicator.Tell(Dsl.Unsubscribe(key, Self));
            _buckets.Remove(key.Id);
        }
    }
}
