using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Access;

/// <summary>
/// Owns a node's <see cref="Replicas"/>: registers with each conversation like a hub, folds what it publishes, and fetches the
/// whole state again when a number is missing, the conversation moved, or its lease was not confirmed. A copy that may be
/// stale is no copy: its readers wait.
/// </summary>
internal sealed class ReplicaKeeper : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>What does not exist may be created elsewhere at any time.</summary>
    private static readonly TimeSpan AbsenceLasts = TimeSpan.FromSeconds(1);

    private const int UnconfirmedPeriods = 3;
    private const int UnusedPeriods = 60;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<StreamId, Copy> _copies = [];
    private readonly Replicas _replicas;
    private readonly IActorRef _conversations;

    public ReplicaKeeper(Replicas replicas, IActorRef conversations)
    {
        _replicas = replicas;
        _conversations = conversations;
        replicas.Attach(Self);

        Receive<Load>(OnLoad);
        Receive<Followed>(OnFollowed);
        Receive<Published>(OnPublished);
        Receive<LeaseRenewed>(OnLeaseRenewed);
        Receive<Terminated>(OnOwnerGone);
        Receive<Retry>(m => Fetch(m.Stream));
        Receive<Forget>(m => Drop(m.Stream));
        Receive<Tick>(_ => OnTick());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, Period);

    private void OnLoad(Load m)
    {
        if (_copies.TryGetValue(m.Stream, out var copy) && copy.State is { } state && copy.IsCurrent)
        {
            Sender.Tell(new Loaded(state), Self);
            return;
        }

        if (copy is null)
            _copies.Add(m.Stream, copy = new Copy());
        if (!Sender.IsNobody())
            copy.Waiting.Add(Sender);
        if (!copy.IsFetching)
            Fetch(m.Stream);
    }

    private void Fetch(StreamId stream)
    {
        if (!_copies.TryGetValue(stream, out var copy))
            return;
        copy.IsFetching = true;
        _conversations.Tell(new Follow(stream, Self));
        // Asked again until there is an answer: the conversation may be moving, and the question with it.
        Timers.StartSingleTimer(stream, new Retry(stream), RetryAfter);
    }

    private void OnFollowed(Followed m)
    {
        var stream = m.State.Stream;
        if (!_copies.TryGetValue(stream, out var copy))
            return;

        Timers.Cancel(stream);
        var before = copy.State;
        (copy.State, copy.IsFetching, copy.IsCurrent, copy.Unconfirmed) = (m.State, false, true, 0);
        _replicas.Set(stream, m.State);
        foreach (var waiting in copy.Waiting)
            waiting.Tell(new Loaded(m.State), Self);
        copy.Waiting.Clear();
        if (before is not null && before.Seq != m.State.Seq)
            Context.System.EventStream.Publish(new AccessChanged(null));

        if (!m.State.Exists)
        {
            Timers.StartSingleTimer(stream, new Forget(stream), AbsenceLasts);
            return;
        }

        copy.Owner = Sender;
        Context.Watch(Sender);
    }

    private void OnPublished(Published m)
    {
        if (m.Events.IsEmpty || !_copies.TryGetValue(m.Events[0].Stream, out var copy) || copy.State is null || copy.IsFetching)
            return;

        var state = copy.State;
        foreach (var e in m.Events)
        {
            if (e.Seq <= state.Seq)
                continue;
            if (e.Seq > state.Seq + 1)
            {
                Invalidate(e.Stream, copy);
                return;
            }

            state = state.Apply(e);
        }

        copy.State = state;
        _replicas.Set(state.Stream, state);
        foreach (var e in m.Events)
        {
            if (e.Event.Member is not { } member)
                continue;
            // Who listens was let in before: only a removal can put them out.
            if (e.Event is ConversationEvent.MemberRemoved)
                Context.System.EventStream.Publish(new AccessChanged(member));
            if (e.Stream.Kind == "workspace")
                Context.System.EventStream.Publish(new PresenceMessages.AccessChanged(member, WorkspaceId.Parse(e.Stream.Id)));
        }
    }

    private void OnLeaseRenewed(LeaseRenewed m)
    {
        foreach (var (stream, copy) in _copies)
        {
            if (!Sender.Equals(copy.Owner) || copy.State is null)
                continue;
            copy.Unconfirmed = 0;
            if (m.Head > copy.State.Seq && !copy.IsFetching)
                Invalidate(stream, copy);
            return;
        }
    }

    private void OnOwnerGone(Terminated m)
    {
        foreach (var (stream, copy) in _copies)
        {
            if (!m.ActorRef.Equals(copy.Owner))
                continue;
            copy.Owner = null;
            Invalidate(stream, copy);
            return;
        }
    }

    private void OnTick()
    {
        foreach (var (stream, copy) in _copies.ToList())
        {
            // Workspaces are few, and whoever is served here must hear of their changes: they are kept.
            copy.Unused = _replicas.WasUsed(stream) || stream.Kind == "workspace" ? 0 : copy.Unused + 1;
            if (copy.Unused > UnusedPeriods && copy.Waiting.Count == 0)
            {
                if (copy.Owner is not null)
                    _conversations.Tell(new ReleaseLease(stream, Self));
                Drop(stream);
                continue;
            }

            if (copy.IsFetching || copy.State is not { Exists: true })
                continue;
            if (++copy.Unconfirmed > UnconfirmedPeriods)
            {
                _log.Warning("{Stream} has not confirmed its copy on this node; it is fetched again", stream);
                Invalidate(stream, copy);
            }
            else
            {
                _conversations.Tell(new RenewLease(stream, Self));
            }
        }
    }

    // Readers wait from here on: a copy that lacks an event could let in who was just removed.
    private void Invalidate(StreamId stream, Copy copy)
    {
        copy.IsCurrent = false;
        _replicas.Remove(stream);
        Fetch(stream);
    }

    private void Drop(StreamId stream)
    {
        if (_copies.TryGetValue(stream, out var copy) && copy.Owner is not null)
            Context.Unwatch(copy.Owner);
        Timers.Cancel(stream);
        _copies.Remove(stream);
        _replicas.Remove(stream);
    }

    /// <summary>Asks for a copy; the answer is <see cref="Loaded"/>.</summary>
    public sealed record Load(StreamId Stream) : INoSerializationVerificationNeeded;

    /// <summary>The copy.</summary>
    public sealed record Loaded(ConversationState State) : INoSerializationVerificationNeeded;

    private sealed class Copy
    {
        public ConversationState? State { get; set; }

        public IActorRef? Owner { get; set; }

        public List<IActorRef> Waiting { get; } = [];

        public bool IsFetching { get; set; }

        public bool IsCurrent { get; set; }

        public int Unconfirmed { get; set; }

        public int Unused { get; set; }
    }

    private sealed record Retry(StreamId Stream) : INoSerializationVerificationNeeded;

    private sealed record Forget(StreamId Stream) : INoSerializationVerificationNeeded;

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
