using System.Collections.Concurrent;
using System.Data.Common;

namespace QuikApp.Actors.Storage;

/// <summary>
/// A few threads of our own, each with one connection. A query blocks, so none runs on a thread that an actor, a socket or
/// the thread pool needs.
/// </summary>
internal sealed class ConnectionThreads : IDisposable
{
    private readonly BlockingCollection<Job> _jobs;
    private readonly Thread[] _threads;
    private readonly DbDataSource _source;
    private bool _disposed;

    /// <summary>Starts <paramref name="count"/> threads; <paramref name="queue"/> is how many jobs may wait.</summary>
    public ConnectionThreads(DbDataSource source, string name, int count, int queue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queue, 1);
        _source = source;
        _jobs = new BlockingCollection<Job>(queue);
        _threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Loop) { IsBackground = true, Name = $"{name}-{i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Runs <paramref name="work"/> on one of the threads. Never blocks the caller.</summary>
    /// <exception cref="StorageBusyException">As many jobs wait as may.</exception>
    public Task<T> Run<T>(Func<PreparedConnection, T> work, CancellationToken cancel)
    {
        var job = new Job<T>(work, cancel);
        try
        {
            if (!_jobs.TryAdd(job))
                return Task.FromException<T>(new StorageBusyException("too many reads wait for the database"));
        }
        catch (InvalidOperationException e)
        {
            return Task.FromException<T>(new ObjectDisposedException("the store is closed", e));
        }
        return job.Task;
    }

    /// <summary>Lets the jobs that wait finish, then closes the connections.</summary>
    public void Dispose()
    {
        // The container disposes once for each interface that it hands the store out as.
        if (_disposed)
            return;
        _disposed = true;
        _jobs.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _jobs.Dispose();
    }

    private void Loop()
    {
        PreparedConnection? connection = null;
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            try
            {
                connection ??= new PreparedConnection(_source.OpenConnection());
            }
#pragma warning disable CA1031 // Whatever keeps a connection from opening belongs to those who wait for one.
            catch (Exception e)
#pragma warning restore CA1031
            {
                job.Fail(e);
                // Whoever queued up meanwhile has waited long enough: each attempt of theirs would take as long again.
                for (var waiting = _jobs.Count; waiting > 0 && _jobs.TryTake(out var next); waiting--)
                    next.Fail(e);
                continue;
            }
            if (job.Run(connection))
                continue;
            // After an error the connection may hold half a transaction or a broken file handle: a fresh one has neither.
            connection.Dispose();
            connection = null;
        }
        connection?.Dispose();
    }

    private abstract class Job
    {
        public abstract bool Run(PreparedConnection connection);

        public abstract void Fail(Exception error);
    }

    private sealed class Job<T>(Func<PreparedConnection, T> work, CancellationToken cancel) : Job
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _done.Task;

        public override void Fail(Exception error) => _done.TrySetException(error);

        public override bool Run(PreparedConnection connection)
        {
            if (cancel.IsCancellationRequested)
            {
                _done.TrySetCanceled(cancel);
                return true;
            }
            try
            {
                _done.TrySetResult(work(connection));
                return true;
            }
#pragma warning disable CA1031 // The error belongs to the caller, whatever it is; the thread goes on for the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _done.TrySetException(e);
                return false;
            }
        }
    }
}
