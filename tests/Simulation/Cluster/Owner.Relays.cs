using QuikApp.Actors.Channels;
using QuikApp.Actors.Relays;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Simulation.Cluster;

// What follows elsewhere: the rounds are the product's, the transport and the clock are not.
internal sealed partial class Owner
{
    private readonly RelayRounds _relays;

    public void On(Answer answer) => Do(() =>
    {
        if (answer.Refusal?.Reason is Reason.Unavailable or Reason.RateLimited)
        {
            _relays.Postpone(answer.Correlation);
            NextRound();
            return;
        }

        OnDone(_relays.Acknowledge(answer.Correlation));
    });

    private void Owe(IEnumerable<NumberedEvent> events)
    {
        _relays.Owe(events);
        NextRound();
    }

    private void NextRound()
    {
        if (_relays.TryBegin(out _))
            PrepareRound();
    }

    private void PrepareRound()
    {
        var state = _state;
        Node.After(_world.Random.Between(100, 5_000), () =>
        {
            if (IsStopped)
                return;
            if (!_world.Journal.IsUp)
            {
                After("round", 1_000_000, PrepareRound);
                return;
            }

            var parent = state.Parent is { } channel ? (ChannelState)_world.Journal.State(StreamId.Of(channel)) : null;
            var round = _relays.Round.ToList();
            var done = _relays.Send(round.SelectMany(e =>
            {
                var before = Consequences.NeedMessage(e) ? _world.Journal.MessageBefore(_stream, e.Event.Message!.Value, e.Seq) : null;
                // Sets of the state have another order in each process, and a seed must not.
                return Consequences.Of(state, e, new RelayFacts(_world.Roster, parent, before))
                    .OrderBy(consequence => consequence.Target.Value, StringComparer.Ordinal)
                    .Select(consequence => (e.Seq, consequence));
            }));
            if (_world.Break is Break.RelaySettledWhenSent or Break.RelayTriedOnce)
                _world.Journal.Settle(_stream, round.Select(e => e.Seq));
            if (!_relays.IsQuiet)
                TickSoon();
            OnDone(done);
        });
    }

    private void SendConsequence(long number, Consequence consequence) =>
        _world.ToOwner(Node, consequence.Target, owner => owner.Execute(new Exec(consequence.Command, number, this, Via: null)));

    private void TickSoon()
    {
        if (_world.Break == Break.RelayTriedOnce || _timers.ContainsKey("tick"))
            return;
        After("tick", 1_000_000, () =>
        {
            _relays.Tick();
            if (!_relays.IsQuiet)
                TickSoon();
            NextRound();
        });
    }

    private void OnDone(IReadOnlyList<long> done)
    {
        if (done.Count > 0 && _relays.Settled(_state, done) is { Count: > 0 } settled)
            Node.After(500_000, () => _world.Journal.Settle(_stream, settled));
        NextRound();
    }
}
