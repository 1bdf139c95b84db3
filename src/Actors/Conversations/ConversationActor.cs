using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Telemetry;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// Owns one conversation: the single writer of its stream and the only place that numbers its events. A shell around
/// <see cref="ConversationRules"/> and <see cref="ConversationState"/>; commands that arrive while a write is in flight
/// are decided and committed together when it returns. Restarts from snapshot and journal when its shard is asked again.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends in PostStop, which disposes.")]
internal sealed partial class ConversationActor : ReceivePersistentActor, IWithTimers
{
    private readonly StreamId _stream;
    private readonly ConversationServices _services;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly RecentMessages _recent;
    private readonly HubLeases _hubs;
    private readonly Queue<Execute> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();

    private ConversationState _state;
    private ChainHead _head;
    private Batch? _writing;
    private long _writingSince;
    private bool _busy;
    private bool _stopWhenIdle;
    private long _snapshotSeq;

    public ConversationActor(StreamId stream, ConversationServices services)
    {
        _stream = stream;
        _services = services;
        _state = ConversationState.Empty(stream);
        _head = ChainHead.Genesis(stream);
        _recent = new RecentMessages(services.Options.RecentMessages);
        _hubs = new HubLeases(services.Time, 3 * services.Options.LeaseRenewal);
        _relays = new RelayRounds(SendConsequence);

        Recover<SnapshotOffer>(OnSnapshot);
        Recover<JournalEntry>(OnReplayed);
        Recover<RecoveryCompleted>(_ => OnRecovered());
        Opening();
    }

    public override string PersistenceId => _stream.Value;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        RefuseAll();
        base.PostStop();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        // The base class stops the actor after this; its state is whatever was committed before, so nothing is applied.
        QuikAppMetrics.JournalWriteFailed();
        _log.Warning(cause, "{Stream} could not write from {Seq} on; its senders are told unavailable", _stream, sequenceNr);
        RefuseAll();
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        // Going on would leave a hole in the numbers.
        _log.Error(cause, "{Stream} {Seq} was rejected by the journal", _stream, sequenceNr);
        RefuseAll();
        throw new InvalidOperationException($"{_stream} {sequenceNr} was rejected", cause);
    }

    private void Ready()
    {
        Command<Execute>(OnExecute);
        Command<RequestAccess>(OnRequestAccess);
        Command<CheckAccess>(OnCheckAccess);
        Command<RenewLease>(OnRenewLease);
        Command<ReleaseLease>(m => _hubs.Remove(m.Hub));
        Command<Follow>(OnFollow);
        Command<AccessPrepared>(m => OnAccess(m.Request, m.Facts));
        Command<AccessFailed>(OnAccessFailed);
        Command<AccessChecked>(m => OnChecked(m.Request, m.Facts));
        Command<RelayTyping>(OnTyping);
        Command<TypingPrepared>(m => OnTyping(m.Relay, m.Facts));
        // Typing that nobody could be asked about is not relayed.
        Command<Status.Failure>(_ => { });
        Command<Wake>(_ => { });
        RelayCommands();
        CallCommands();
        EnrolmentCommands();
        Command<BatchPrepared>(m => Decide(m.Batch, m.Facts));
        Command<BatchFailed>(OnBatchFailed);
        Command<Terminated>(m =>
        {
            _hubs.Remove(m.ActorRef);
            OnHubGone(m.ActorRef);
        });
        Command<SaveSnapshotSuccess>(m => DeleteSnapshots(new SnapshotSelectionCriteria(m.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(m => _log.Warning(m.Cause, "{Stream} could not save a snapshot at {Seq}", _stream, m.Metadata.SequenceNr));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(m => _log.Warning(m.Cause, "{Stream} could not delete old snapshots", _stream));
        Command<Stop>(_ => OnStop());
    }

    private void OnExecute(Execute m)
    {
        // The hub sees that the owner changes, and the asker asks that one.
        if (_stopWhenIdle && m is { Via: not null, Command.IsIdempotent: true })
            return;
        if (_stopWhenIdle || _waiting.Count >= _services.Options.MaxWaiting || _services.Majority is { IsReached: false })
        {
            Reply(m, Refused(m, Refusal.Unavailable));
            return;
        }

        if (m is { IsRepeat: false, Command: ConversationCommand.Send }
            && !_services.SendLimits.TryTake(_stream, m.Command.By.User, out var retryAfter))
        {
            Reply(m, new Executed(m.Correlation, null, Refusal.RateLimited(retryAfter)));
            return;
        }

        _waiting.Enqueue(m);
        NextBatch();
    }

    private void NextBatch()
    {
        if (_busy || _waiting.Count == 0)
        {
            if (_stopWhenIdle && !_busy)
                Context.Stop(Self);
            else
                LeaveIfNothing();
            return;
        }

        _busy = true;
        var batch = new Execute[Math.Min(_waiting.Count, _services.Options.MaxBatch)];
        for (var i = 0; i < batch.Length; i++)
            batch[i] = _waiting.Dequeue();

        var preparing = BatchPreparation.Prepare(_state, batch, _recent, AttachedSessions, _services, _stopping.Token);
        if (preparing.IsCompletedSuccessfully)
            Decide(batch, preparing.Result);
        else
            preparing.AsTask().PipeTo(Self, success: facts => new BatchPrepared(batch, facts), failure: e => new BatchFailed(batch, e));
    }

    private void Decide(Execute[] commands, BatchFacts facts)
    {
        var head = _head;
        var batch = new Batch(commands.Length);
        var decided = BatchDecision.Of(_state, facts, commands.Select(m => m.Command));
        foreach (var (e, index) in decided.Events)
        {
            var record = Record(e, head, facts);
            head = ChainHead.After(record);
            batch.Entries.Add(new JournalEntry(record.Bytes, index));
            batch.Events.Add(e);
        }

        foreach (var (m, (decision, owed)) in commands.Zip(decided.Outcomes))
            batch.Answers.Add((m, AnswerTo(m, decision), owed));
        batch.Owed.AddRange(decided.Owed);
        batch.Outcome = (decided.State, head);
        _writing = batch;
        _writingSince = _services.Time.GetTimestamp();
        if (batch.Entries.Count == 0)
            Commit(batch);
        else
            PersistAllAsync(batch.Entries, OnPersisted);
    }

    private JournalRecord Record(NumberedEvent e, ChainHead head, BatchFacts facts) => RecordWriter.Write(
        e,
        head,
        facts.PseudonymOf(e.By),
        e.Event.Member is { } member ? facts.PseudonymOf(member) : null,
        facts.KeyOf(e.By),
        _services.Random);

    // Called once for each entry, after the transaction that holds all of them was committed and fsynced.
    private void OnPersisted(JournalEntry entry)
    {
        if (_writing is not { } batch || ++batch.Persisted < batch.Entries.Count)
            return;
        QuikAppMetrics.JournalWritten(_services.Time.GetElapsedTime(_writingSince));
        Commit(batch);
    }

    private void Commit(Batch batch)
    {
        (_state, _head) = batch.Outcome;
        _writing = null;
        foreach (var e in batch.Events)
            _recent.Apply(e);
        QuikAppMetrics.Sent(batch.Events.Count(e => e.Event is ConversationEvent.MessageCreated));

        Owe(batch.Owed);
        HoldForRelays(batch);
        Publish(batch);
        OnCallCommitted();
        TellPresence(batch);
        if (_state.Seq - _snapshotSeq >= _services.Options.SnapshotEvery)
        {
            _snapshotSeq = _state.Seq;
            SaveSnapshot(new ConversationSnapshot(_state, _head));
        }

        _busy = false;
        NextBatch();
    }

    private void Publish(Batch batch)
    {
        var parts = batch.Parts();
        foreach (var hub in _hubs.Current())
        {
            var answers = batch.AnswersVia(hub);
            foreach (var events in parts[..^1])
                hub.Tell(new Published(events, []), Self);
            if (!parts[^1].IsEmpty || answers.Length > 0)
                hub.Tell(new Published(parts[^1], answers), Self);
        }

        foreach (var (m, answer, _) in batch.Answers)
        {
            if (m.Via is null || !_hubs.Contains(m.Via))
                m.ReplyTo.Tell(answer, Self);
        }
    }

    private void TellPresence(Batch batch)
    {
        if (_state is UserState user && batch.Events.Select(StatusReader.From).LastOrDefault(status => status is not null) is { } status)
            _services.Presence.Tell(new PresenceMessages.SetStatus(user.User, status), Self);
    }

    private void OnBatchFailed(BatchFailed m)
    {
        _log.Warning(m.Cause, "{Stream} could not look up what a batch of {Count} commands depends on", _stream, m.Batch.Length);
        foreach (var command in m.Batch)
            Reply(command, Refused(command, Refusal.Unavailable));
        _busy = false;
        NextBatch();
    }

    private void OnRequestAccess(RequestAccess m)
    {
        var looking = BatchPreparation.Access(_state, m.Requester, _services, _stopping.Token);
        if (looking.IsCompletedSuccessfully)
            OnAccess(m, looking.Result);
        else
            looking.AsTask().PipeTo(Self, success: facts => new AccessPrepared(m, facts), failure: e => new AccessFailed(m, e));
    }

    private void OnAccess(RequestAccess m, BatchFacts facts)
    {
        var access = facts.Access(m.Requester);
        if (_state.Admits(m.Requester, access))
        {
            Register(m.Hub);
            m.Hub.Tell(new AccessGranted(m.Correlation, _state.Seq, ContextOf(_state), Authorities(_state, facts)), Self);
            Enrol(m.Requester, facts);
            return;
        }

        m.Hub.Tell(new AccessRefused(m.Correlation, Refusal.Unauthorized), Self);
        LeaveIfNothing();
    }

    private void OnCheckAccess(CheckAccess m)
    {
        var looking = BatchPreparation.Access(_state, m.Requester, _services, _stopping.Token);
        if (looking.IsCompletedSuccessfully)
            OnChecked(m, looking.Result);
        else
            looking.AsTask().PipeTo(Self, success: facts => new AccessChecked(m, facts), failure: _ => new AccessChecked(m, null));
    }

    private void OnChecked(CheckAccess m, BatchFacts? facts)
    {
        var refusal = facts is null ? Refusal.Unavailable
            : _state.Admits(m.Requester, facts.Access(m.Requester)) ? null
            : Refusal.Unauthorized;
        m.ReplyTo.Tell(
            refusal is null
                ? new AccessGranted(m.Correlation, _state.Seq, ContextOf(_state), Authorities(_state, facts!))
                : new AccessRefused(m.Correlation, refusal),
            Self);
        LeaveIfNothing();
    }

    // An id that somebody made up must not stay in memory.
    private void LeaveIfNothing()
    {
        if (!_state.Exists && !_busy)
            Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(Stop.Instance));
    }

    private void OnAccessFailed(AccessFailed m)
    {
        // Everybody who comes back while a node is gone may meet this: a line each, without the stack.
        if (m.Cause is AccessUnknownException { IsReported: false } unknown)
            _log.Warning("{Stream} could not look up who may listen: {Cause}", _stream, unknown.Message);
        else if (m.Cause is not AccessUnknownException)
            _log.Warning(m.Cause, "{Stream} could not look up who may listen", _stream);
        m.Request.Hub.Tell(new AccessRefused(m.Request.Correlation, Refusal.Unavailable), Self);
    }

    private static TopicContext? ContextOf(ConversationState state) => state switch
    {
        ChannelState { Channel: { } channel } => new TopicContext(channel.Channel),
        { Parent: { } channel } => new TopicContext(channel),
        _ => null,
    };

    private static ImmutableArray<StreamId> Authorities(ConversationState state, BatchFacts facts)
    {
        var authorities = ImmutableArray.CreateBuilder<StreamId>(2);
        if (state.Parent is { } channel)
            authorities.Add(StreamId.Of(channel));
        if ((state.Workspace ?? facts.Parent?.Workspace) is { } workspace)
            authorities.Add(StreamId.Of(workspace));
        return authorities.DrainToImmutable();
    }

    private void OnFollow(Follow m)
    {
        if (_state.Exists)
            Register(m.Follower);
        m.Follower.Tell(new Followed(_state), Self);
        LeaveIfNothing();
    }

    private void OnRenewLease(RenewLease m)
    {
        if (!_state.Exists)
            return;
        Register(m.Hub);
        m.Hub.Tell(new LeaseRenewed(_state.Seq), Self);
    }

    private void Register(IActorRef hub)
    {
        if (_hubs.Add(hub))
            Context.Watch(hub);
    }

    private void OnTyping(RelayTyping m)
    {
        var looking = BatchPreparation.Access(_state, m.Requester, _services, _stopping.Token);
        if (looking.IsCompletedSuccessfully)
            OnTyping(m, looking.Result);
        else
            looking.AsTask().PipeTo(Self, success: facts => new TypingPrepared(m, facts), failure: e => new Status.Failure(e));
    }

    private void OnTyping(RelayTyping m, BatchFacts facts)
    {
        if (!_state.Admits(m.Requester, facts.Access(m.Requester)))
            return;
        foreach (var hub in _hubs.Current())
            hub.Tell(new TypingRelayed(m.Requester.User, m.Started), Self);
    }

    private void OnStop()
    {
        _stopWhenIdle = true;
        if (!_busy)
            Context.Stop(Self);
    }

    private void RefuseAll()
    {
        RefuseHeld();
        foreach (var (m, _, _) in _writing?.Answers ?? [])
            Reply(m, Refused(m, Refusal.Unavailable));
        _writing = null;
        while (_waiting.TryDequeue(out var m))
            Reply(m, Refused(m, Refusal.Unavailable));
    }

    private void Reply(Execute m, Executed answer)
    {
        if (m.Via is not null && _hubs.Contains(m.Via))
            m.Via.Tell(new Published([], [new Answer(m.ReplyTo, answer)]), Self);
        else
            m.ReplyTo.Tell(answer, Self);
    }

    private static Executed AnswerTo(Execute m, Decision decision) => decision switch
    {
        Decision.Accepted a => new Executed(m.Correlation, a.Receipt, null),
        Decision.AlreadyDone a => new Executed(m.Correlation, a.Receipt, null) { IsRepeat = true },
        Decision.Refused r => Refused(m, r.Why),
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };

    private static Executed Refused(Execute m, Refusal why) => new(m.Correlation, null, why);

    private sealed record AccessPrepared(RequestAccess Request, BatchFacts Facts) : INoSerializationVerificationNeeded;

    private sealed record AccessChecked(CheckAccess Request, BatchFacts? Facts) : INoSerializationVerificationNeeded;

    private sealed record TypingPrepared(RelayTyping Relay, BatchFacts Facts) : INoSerializationVerificationNeeded;

    private sealed record AccessFailed(RequestAccess Request, Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record BatchPrepared(Execute[] Batch, BatchFacts Facts) : INoSerializationVerificationNeeded;

    private sealed record BatchFailed(Execute[] Batch, Exception Cause) : INoSerializationVerificationNeeded;
}
