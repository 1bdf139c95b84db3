using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>
/// Akka.Persistence.Sql's journal with one thing changed: entries of all conversations are committed together by a
/// <see cref="JournalWriter"/>. Tables, replays and queries are the base class's.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends in PostStop, which disposes.")]
internal sealed class GroupCommitJournal : SqlWriteJournal
{
    private readonly JournalSetup _setup;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private JournalWriter? _writer;
    private WriterFencing? _fencing;

    /// <summary>Called by Akka.Persistence.</summary>
    public GroupCommitJournal(Config journalConfig)
        : base(journalConfig)
    {
        var setup = Context.System.Settings.Setup.Get<JournalSetup>();
        _setup = setup.HasValue ? setup.Value : throw new ConfigurationException($"{nameof(GroupCommitJournal)} needs a {nameof(JournalSetup)}");
    }

    /// <inheritdoc/>
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // A write of an earlier incarnation may still be under way; its number must be seen.
        await _writer!.Settled(persistenceId).WaitAsync(cancellationToken);
        // One of a node that was put out must be, too.
        if (_fencing is { } fencing)
            await fencing.Settled.WaitAsync(cancellationToken);
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        _writer = _setup.StartWriter(WriterId.Of(Context.System));
        if (_setup.Fence is not { } fence || !WriterId.IsClustered(Context.System))
            return;
        var cluster = Cluster.Get(Context.System);
        _fencing = new WriterFencing(fence, cluster.SelfUniqueAddress, _log);
        // Not those that are removed: a node that leaves sees all the others removed.
        cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberDowned));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        if (_fencing is not null)
            Cluster.Get(Context.System).Unsubscribe(Self);
        _fencing?.Dispose();
        _writer?.Dispose();
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberDowned down:
                _fencing!.Exclude(down.Member.UniqueAddress);
                return true;
            case Fenced:
                _log.Error("the others have put this node out and go on without it; it ends");
                CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
                return true;
            default:
                return base.ReceivePluginInternal(message);
        }
    }

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        var events = new List<IPersistentRepresentation>(writes.Count);
        long bytes = 0;
        var others = 0;
        foreach (var item in writes.SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload))
        {
            if (item.Payload is JournalEntry entry)
                bytes += entry.Record.Length;
            else
                others++;
            events.Add(item);
        }
        if (others == 0)
            return Write(new JournalWrite(writes[0].PersistenceId, events, bytes, cancellationToken), Self);
        return others == events.Count
            ? base.WriteMessagesAsync(writes, cancellationToken)
            : throw new InvalidOperationException($"{writes[0].PersistenceId} mixes journal entries with other events");
    }

    private async Task<IImmutableList<Exception>> Write(JournalWrite write, IActorRef self)
    {
        try
        {
            return await _writer!.Write(write);
        }
        catch (JournalWriteException e) when (e.Reason == JournalWriteFailure.Fenced)
        {
            self.Tell(Fenced.Instance);
            throw;
        }
    }

    private sealed class Fenced : INoSerializationVerificationNeeded
    {
        public static readonly Fenced Instance = new();
    }
}
