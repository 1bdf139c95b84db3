using System.Collections.Immutable;
using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Simulation.Cluster;

/// <summary>
/// A conversation's actor without Akka: loads, decides in batches, writes, commits, publishes. It may be a zombie: the
/// conversation has moved and it does not know.
/// </summary>
internal sealed partial class Owner : IAsker
{
    private const long Lease = 90_000_000;

    private readonly World _world;
    private readonly StreamId _stream;
    private readonly Queue<Exec> _waiting = new();
    private readonly RecentMessages _recent = new(capacity: 4);
    private readonly Dictionary<Hub, long> _hubs = [];
    private readonly Dictionary<string, int> _timers = [];
    private List<Action>? _stashed = [];
    private (IReadOnlyList<Exec> Commands, BatchDecision Decided)? _writing;
    private ConversationState _state;
    private bool _busy;
    private bool _stopWhenIdle;
    private long _snapshotSeq;
    private int _tokens;
    private int _epoch;

    public Owner(World world, Node node, StreamId stream)
    {
        _world = world;
        Node = node;
        _stream = stream;
        _state = ConversationState.Empty(stream);
        _relays = new(SendConsequence);
        node.After(world.Random.Between(500, 20_000), Load);
    }

    public Node Node { get; }

    public bool IsStopped { get; private set; }

    public ConversationState State => _state;

    /// <summary>Whether all that it was asked is answered.</summary>
    public bool IsLoaded => _stashed is null;

    /// <summary>Runs once it is loaded.</summary>
    public void Do(Action what)
    {
        if (IsStopped)
            return;
        if (_stashed is { } stashed)
            stashed.Add(what);
        else
            what();
    }

    public void Execute(Exec m)
    {
        if (_stopWhenIdle)
        {
            Reply(m, new Answer(m.Correlation, null, Refusal.Unavailable));
            return;
        }

        _waiting.Enqueue(m);
        NextBatch();
    }

    public void RequestAccess(Hub hub, long correlation, Requester requester)
    {
        var facts = new BatchFacts(_world.Now);
        KnowPlaces(facts, [requester]);
        if (!_state.Admits(requester, facts.Access(requester)))
        {
            _world.Network.Send(Node, hub.Node, () => hub.Refused(correlation));
            return;
        }

        Register(hub);
        var head = _state.Seq;
        _world.Network.Send(Node, hub.Node, () => hub.Granted(this, correlation, head));
    }

    public void RenewLease(Hub hub)
    {
        if (!_state.Exists)
            return;
        Register(hub);
        var head = _state.Seq;
        _world.Network.Send(Node, hub.Node, () => hub.Renewed(this, head));
    }

    public void Release(Hub hub) => _hubs.Remove(hub);

    /// <summary>The shard moves: stops once the write in flight is done.</summary>
    public void Stop()
    {
        _stopWhenIdle = true;
        if (!_busy)
            End();
    }

    private void Register(Hub hub) => _hubs[hub] = _world.Scheduler.Now + Lease;

    private void Load()
    {
        if (IsStopped)
            return;
        if (!_world.Journal.IsUp)
        {
            End();
            return;
        }

        _epoch = _world.Journal.Open(_stream);
        if (_world.Journal.Snapshot(_stream) is { } snapshot)
            _state = snapshot.State;
        _snapshotSeq = _state.Seq;
        var tail = _world.Break == Break.TailNotRead && _state.Seq > 0 ? [] : _world.Journal.Rows(_stream).Skip((int)_state.Seq).Select(row => row.Event).ToList();
        if (tail.Count > 0)
            _state = _state.CatchUp(tail.Where(e => _state.IsShapedBy(EventTypes.Of(e.Event))), tail[^1].Seq, tail[^1].At);
        var stashed = _stashed!;
        _stashed = null;
        Owe(_world.Journal.Owed(_stream).Select(row => row.Event));
        if (_world.Break != Break.RingingForgotten)
            OnCallCommitted();
        foreach (var what in stashed)
            Do(what);
    }

    private void NextBatch()
    {
        if (_busy || _waiting.Count == 0)
        {
            if (_stopWhenIdle && !_busy)
                End();
            return;
        }

        _busy = true;
        var batch = new List<Exec>();
        while (batch.Count < _world.MaxBatch && _waiting.TryDequeue(out var m))
            batch.Add(m);
        Node.After(_world.Random.Chance(500) ? 0 : _world.Random.Between(100, 8_000), () => Decide(batch));
    }

    private void Decide(List<Exec> commands)
    {
        if (IsStopped)
            return;
        if (!_world.Journal.IsUp)
        {
            foreach (var m in commands)
                Reply(m, new Answer(m.Correlation, null, Refusal.Unavailable));
            _busy = false;
            NextBatch();
            return;
        }

        var decided = BatchDecision.Of(_state, FactsOf(commands), commands.Select(m => m.Command));
        CheckWinners(commands, decided);
        _writing = (commands, decided);
        if (decided.Events.Count == 0)
        {
            Commit(commands, decided);
            return;
        }

        if (_world.Break == Break.AnswersBeforeCommit)
            Publish([], commands, decided);
        if (_world.Break == Break.PublishesBeforeCommit)
            Publish([.. decided.Events.Select(e => e.Event)], [], decided);
        _world.Journal.Write(Node, _epoch, decided.Events, ToString(), isCommitted =>
        {
            if (IsStopped)
                return;
            if (isCommitted)
                Commit(commands, decided);
            else
                End();
        });
    }

    private void Commit(IReadOnlyList<Exec> commands, BatchDecision decided)
    {
        _state = decided.State;
        _writing = null;
        foreach (var (e, _) in decided.Events)
            _recent.Apply(e);
        Owe(decided.Owed);
        Publish([.. decided.Events.Select(e => e.Event)], _world.Break == Break.AnswersBeforeCommit && decided.Events.Count > 0 ? [] : commands, decided);
        OnCallCommitted();
        if (_state.Seq - _snapshotSeq >= _world.SnapshotEvery)
        {
            _snapshotSeq = _state.Seq;
            var state = _state;
            Node.After(_world.Random.Between(500, 50_000), () => _world.Journal.Save(state));
        }

        _busy = false;
        NextBatch();
    }

    private void Publish(ImmutableArray<NumberedEvent> events, IReadOnlyList<Exec> commands, BatchDecision decided)
    {
        var answers = commands.Select((m, i) => (Command: m, Answer: AnswerTo(m, decided.Outcomes[i].Decision))).ToList();
        foreach (var (hub, until) in _hubs.ToList())
        {
            if (until < _world.Scheduler.Now)
            {
                _hubs.Remove(hub);
                continue;
            }

            var via = answers.Where(a => a.Command.Via == hub).Select(a => (a.Command.ReplyTo!, a.Answer)).ToImmutableArray();
            if (events.Length > 0 || via.Length > 0)
                _world.Network.Send(Node, hub.Node, () => hub.Published(this, events, via));
        }

        foreach (var (m, answer) in answers)
        {
            if (m.Via is null || !_hubs.ContainsKey(m.Via))
                Direct(m, answer);
        }
    }

    private void Reply(Exec m, Answer answer)
    {
        if (m.Via is { } hub && _hubs.ContainsKey(hub))
            _world.Network.Send(Node, hub.Node, () => hub.Published(this, [], [(m.ReplyTo!, answer)]));
        else
            Direct(m, answer);
    }

    private void Direct(Exec m, Answer answer)
    {
        if (m.ReplyTo is { } asker)
            _world.Network.Send(Node, asker.Node, () => asker.On(answer));
    }

    private static Answer AnswerTo(Exec m, Decision decision) => decision switch
    {
        Decision.Accepted a => new Answer(m.Correlation, a.Receipt, null),
        Decision.AlreadyDone a => new Answer(m.Correlation, a.Receipt, null),
        Decision.Refused r => new Answer(m.Correlation, null, r.Why),
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };

    private BatchFacts FactsOf(List<Exec> commands)
    {
        var facts = new BatchFacts(_world.Now) { Attached = AttachedFor(commands) };
        KnowPlaces(facts, commands.Select(m => m.Command.By));
        foreach (var command in commands.Select(m => m.Command))
        {
            facts.Know(command.By.User, command.By.User.Value, key: null);
            if ((command.Concerns ?? (command as ConversationCommand.Record)?.Event.Message) is { } id
                && (_recent.Find(id) ?? _world.Journal.Message(_stream, id)) is { } view)
                facts.Know(view);
            if (_world.Break == Break.KeysForgotten || CommandIdentity.Of(command, _world.IndexKey) is not { } identity)
                continue;
            facts.Know(command, identity);
            if (_world.Journal.Find(_stream, identity.KeyText) is { Event: var e, Index: { } index })
                facts.Know(identity, new Receipt(e.Seq, e.At, e.Event.Message), _world.Break == Break.BodiesNotCompared ? identity.Fingerprint : index.Fingerprint!);
        }

        return facts;
    }

    private void KnowPlaces(BatchFacts facts, IEnumerable<Requester> askers)
    {
        var parent = _state.Parent is { } channel ? (ChannelState)_world.Journal.State(StreamId.Of(channel)) : null;
        if ((_state.Workspace ?? parent?.Workspace) is not { } workspace)
            return;
        facts.Know(_world.Roster, parent);
        foreach (var who in askers.Where(who => !who.IsServer))
            facts.Know(who, AccessRules.ByClaims(who, workspace, _world.Roster));
    }

    private void After(string timer, long delay, Action what)
    {
        var token = ++_tokens;
        _timers[timer] = token;
        Node.After(delay, () =>
        {
            if (IsStopped || _timers.GetValueOrDefault(timer) != token)
                return;
            _timers.Remove(timer);
            what();
        });
    }

    private void End()
    {
        if (IsStopped)
            return;
        _world.Trace?.Invoke($"{this} ends");
        foreach (var m in (_writing?.Commands ?? []).Concat(_waiting))
            Reply(m, new Answer(m.Correlation, null, Refusal.Unavailable));
        IsStopped = true;
        if (Node.Owners.GetValueOrDefault(_stream) == this)
            Node.Owners.Remove(_stream);
        foreach (var hub in _hubs.Keys)
            _world.Network.Send(Node, hub.Node, () => hub.OwnerGone(this));
    }

    public override string ToString() => $"{_stream}@{Node}";
}
