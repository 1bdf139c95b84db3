using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>
/// Akka.Persistence.Sql's journal with one thing changed: entries of all conversations are committed together by a
/// <see cref="JournalWriter"/>. Tables, replays and queries are the base class's.
/// </summary>
internal sealed class GroupCommitJournal : SqlWriteJournal
{
    private readonly JournalSetup _setup;
    private JournalWriter? _writer;

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
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        _writer = _setup.StartWriter(Guid.NewGuid().ToString("N"));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _writer?.Dispose();
        base.PostStop();
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
            return _writer!.Write(new JournalWrite(writes[0].PersistenceId, events, bytes, cancellationToken));
        return others == events.Count
            ? base.WriteMessagesAsync(writes, cancellationToken)
            : throw new InvalidOperationException($"{writes[0].PersistenceId} mixes journal entries with other events");
    }
}
