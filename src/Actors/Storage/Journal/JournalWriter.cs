using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>
/// The one thread that writes the journal. While a commit waits for the disk, the writes of all actors gather; the next
/// commit carries them together. One fsync an actor is what limits SQLite, not the rows.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Func<IJournalConnection> _open;
    private readonly JournalWriterLimits _limits;
    private readonly StorageMetrics _metrics;
    private readonly BlockingCollection<JournalWrite> _queue;
    private readonly ConcurrentDictionary<string, Task> _latest = new(StringComparer.Ordinal);
    private readonly Thread _thread;
    private IJournalConnection? _connection;
    private long _queuedBytes;

    /// <summary>Starts the thread; <paramref name="open"/> is called again after each failure of the database.</summary>
    public JournalWriter(Func<IJournalConnection> open, JournalWriterLimits limits, StorageMetrics metrics)
    {
        _open = open;
        _limits = limits;
        _metrics = metrics;
        _queue = new BlockingCollection<JournalWrite>(limits.QueueLength);
        _thread = new Thread(Loop) { IsBackground = true, Name = "journal-writer" };
        _thread.Start();
    }

    /// <summary>Queues a write; never blocks. The task ends after the commit that holds it.</summary>
    public Task<IImmutableList<Exception>> Write(JournalWrite write)
    {
        if (Interlocked.Add(ref _queuedBytes, write.Bytes) > _limits.QueueBytes || !TryQueue(write, out var closed))
        {
            Interlocked.Add(ref _queuedBytes, -write.Bytes);
            Fail(write, new JournalWriteException(JournalWriteFailure.QueueFull, "too many writes wait for the database"));
        }
        else if (closed)
        {
            Interlocked.Add(ref _queuedBytes, -write.Bytes);
            Fail(write, new JournalWriteException(JournalWriteFailure.Closed, "the journal is shutting down"));
        }
        else
        {
            _latest[write.PersistenceId] = write.Done;
            if (write.Done.IsCompleted)
                _latest.TryRemove(new KeyValuePair<string, Task>(write.PersistenceId, write.Done));
        }
        return write.Done;
    }

    /// <summary>Ends, without an error, when no earlier write of the stream is under way.</summary>
    public Task Settled(string persistenceId) =>
        _latest.TryGetValue(persistenceId, out var latest)
            ? latest.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
            : Task.CompletedTask;

    /// <summary>Writes what was accepted, then ends the thread.</summary>
    public void Dispose()
    {
        if (_queue.IsAddingCompleted)
            return;
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private bool TryQueue(JournalWrite write, out bool closed)
    {
        closed = false;
        try
        {
            return _queue.TryAdd(write);
        }
        catch (InvalidOperationException)
        {
            // CompleteAdding was called between the check and here; the queue says so only in this way.
            closed = true;
            return true;
        }
    }

    private void Loop()
    {
        var batch = new List<JournalWrite>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            Gather(first, batch);
            if (batch.Count > 0)
                Commit(batch);
            batch.Clear();
        }
        _connection?.Dispose();
    }

    private void Gather(JournalWrite first, List<JournalWrite> batch)
    {
        var rows = 0;
        var next = first;
        do
        {
            Interlocked.Add(ref _queuedBytes, -next.Bytes);
            if (next.Expired)
            {
                Complete(next, new JournalWriteException(JournalWriteFailure.Expired, "the write waited too long for the database"));
                continue;
            }
            batch.Add(next);
            rows += next.Events.Count;
        }
        while (rows < _limits.BatchRows && _queue.TryTake(out next));
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a batch meets belongs to its writes; the writer outlives it.")]
    private void Commit(List<JournalWrite> batch)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyList<JournalWriteException?> refused;
        try
        {
            _connection ??= _open();
            refused = _connection.Write(batch);
        }
        catch (Exception e)
        {
            Discard();
            foreach (var write in batch)
                Complete(write, new JournalWriteException(JournalWriteFailure.Database, $"the database failed: {e.Message}", e));
            return;
        }
        var rows = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            rows += refused[i] is null ? batch[i].Events.Count : 0;
            Complete(batch[i], refused[i]);
        }
        if (refused.Any(error => error?.Reason == JournalWriteFailure.Database))
            Discard();
        _metrics.Commits.Add(1);
        _metrics.Rows.Add(rows);
        _metrics.CommitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    // A connection that met an error may hold half a transaction; closing it rolls back, and the next batch opens another.
    [SuppressMessage("Design", "CA1031", Justification = "A connection that cannot be closed is dropped; its error was reported already.")]
    private void Discard()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception)
        {
        }
        _connection = null;
    }

    private void Complete(JournalWrite write, JournalWriteException? error)
    {
        if (error is null)
            write.Succeed();
        else
            Fail(write, error);
        _latest.TryRemove(new KeyValuePair<string, Task>(write.PersistenceId, write.Done));
    }

    private void Fail(JournalWrite write, JournalWriteException error)
    {
        write.Fail(error);
        _metrics.Failures.Add(1, new KeyValuePair<string, object?>("reason", error.Reason.ToString()));
    }
}
