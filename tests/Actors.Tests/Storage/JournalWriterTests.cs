using Akka.Actor;
using Akka.Persistence;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteJournalWriterTests : JournalWriterTests<SqliteTestDatabase>;

public sealed class PostgresJournalWriterTests : JournalWriterTests<PostgresTestDatabase>;

/// <summary>The writer alone, held still so that a test decides what one transaction carries.</summary>
public abstract class JournalWriterTests<T> : DatabaseTests<T>, IDisposable
    where T : ITestDatabase, new()
{
    private readonly StorageMetrics _metrics = new();
    private readonly ManualResetEventSlim _gate = new();
    private StorageNode? _node;
    private int _opened;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _node = Database.StartNode();
        await _node.Recover("channel-warm");
    }

    public override async Task DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        await base.DisposeAsync();
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _metrics.Dispose();
        _gate.Dispose();
    }

    [SkippableFact]
    public async Task Write_InABatchWithAConflict_OnlyTheConflictFails()
    {
        using var writer = HeldWriter(new JournalWriterLimits(100, 1 << 20, 1000));
        var good = writer.Write(Write("channel-1", 1, 2));
        var bad = writer.Write(Write("channel-1", 2));
        var after = writer.Write(Write("channel-2", 1));
        var rest = writer.Write(Write("channel-1", 3));
        _gate.Set();

        await Task.WhenAll(good, after, rest);
        var error = await Assert.ThrowsAsync<JournalWriteException>(() => bad);

        Assert.Equal(JournalWriteFailure.Conflict, error.Reason);
        Assert.Equal(3, await _node!.Store.Head(StreamId.Parse("channel-1")));
        Assert.Equal(1, await _node!.Store.Head(StreamId.Parse("channel-2")));
    }

    [SkippableFact]
    public async Task Write_OfSeveralEventsOfWhichOneConflicts_StoresNoneOfThem()
    {
        using var writer = HeldWriter(new JournalWriterLimits(100, 1 << 20, 1000));
        _gate.Set();
        await writer.Write(Write("channel-3", 2));

        await Assert.ThrowsAsync<JournalWriteException>(() => writer.Write(Write("channel-3", 1, 2)));

        Assert.Equal([2L], (await _node!.Store.ReadRecords(StreamId.Parse("channel-3"), 1, 9, 9)).Select(r => r.Seq));
    }

    [SkippableFact]
    public async Task Write_WhenTheQueueIsFull_FailsAtOnceAndTheOthersGoOn()
    {
        using var writer = HeldWriter(new JournalWriterLimits(1, 1 << 20, 1000));
        var accepted = new List<Task>();
        Task<System.Collections.Immutable.IImmutableList<Exception>> last;
        // The writer holds one, the queue another; where it stands when the loop starts is its own affair.
        for (var i = 0; ; i++)
        {
            last = writer.Write(Write($"channel-q{i}", 1));
            if (last.IsFaulted)
                break;
            accepted.Add(last);
            Assert.InRange(accepted.Count, 1, 2);
        }
        Assert.Equal(JournalWriteFailure.QueueFull, (await Assert.ThrowsAsync<JournalWriteException>(() => last)).Reason);
        _gate.Set();
        await Task.WhenAll(accepted);
    }

    [SkippableFact]
    public async Task Write_BeyondTheQueuesBytes_FailsAtOnce()
    {
        using var writer = HeldWriter(new JournalWriterLimits(100, 2, 1000));
        var error = await Assert.ThrowsAsync<JournalWriteException>(() => writer.Write(Write("channel-b", 1, 2, 3)));
        Assert.Equal(JournalWriteFailure.QueueFull, error.Reason);

        _gate.Set();
        await writer.Write(Write("channel-b", 1, 2));
    }

    [SkippableFact]
    public async Task Write_WhoseCallerGaveUpInTheQueue_IsNotWritten()
    {
        using var writer = HeldWriter(new JournalWriterLimits(100, 1 << 20, 1000));
        using var cancel = new CancellationTokenSource();
        var first = writer.Write(Write("channel-x", 1));
        // Until the first is in a batch the second could join it; the gate is reached with a batch in hand.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _opened) > 0, TimeSpan.FromSeconds(10)));
        var second = writer.Write(new JournalWrite("channel-y", [Event("channel-y", 1)], 1, cancel.Token));
        await cancel.CancelAsync();
        _gate.Set();

        await first;
        Assert.Equal(JournalWriteFailure.Expired, (await Assert.ThrowsAsync<JournalWriteException>(() => second)).Reason);
        Assert.Equal(0, await _node!.Store.Head(StreamId.Parse("channel-y")));
    }

    [SkippableFact]
    public async Task Settled_WhileAWriteOfTheStreamIsUnderWay_WaitsForItsEndAndHidesItsError()
    {
        using var writer = HeldWriter(new JournalWriterLimits(100, 1 << 20, 1000));
        var write = writer.Write(Write("channel-s", 1, 1));
        var settled = writer.Settled("channel-s");
        Assert.False(settled.IsCompleted);
        Assert.True(writer.Settled("channel-t").IsCompleted);
        _gate.Set();

        await settled;
        Assert.True(write.IsFaulted);
    }

    [SkippableFact]
    public async Task Dispose_WithWritesInTheQueue_CommitsThemFirst()
    {
        var writer = HeldWriter(new JournalWriterLimits(100, 1 << 20, 1000));
        var writes = Enumerable.Range(1, 20).Select(i => writer.Write(Write("channel-d", i))).ToArray();
        _gate.Set();
        writer.Dispose();

        Assert.All(writes, w => Assert.True(w.IsCompletedSuccessfully));
        Assert.Equal(20, await _node!.Store.Head(StreamId.Parse("channel-d")));
        Assert.Equal(JournalWriteFailure.Closed, (await Assert.ThrowsAsync<JournalWriteException>(() => writer.Write(Write("channel-d", 21)))).Reason);
    }

    [SkippableFact]
    public async Task Write_AfterTheDatabaseFailed_OpensAnewAndSucceeds()
    {
        var failing = true;
        using var writer = new JournalWriter(
            () => failing ? throw new IOException("no disk") : _node!.Setup.Open("w"),
            new JournalWriterLimits(100, 1 << 20, 1000),
            _metrics);
        Assert.Equal(JournalWriteFailure.Database, (await Assert.ThrowsAsync<JournalWriteException>(() => writer.Write(Write("channel-f", 1)))).Reason);
        failing = false;
        await writer.Write(Write("channel-f", 1));
    }

    private JournalWriter HeldWriter(JournalWriterLimits limits) =>
        new(
            () =>
            {
                Interlocked.Increment(ref _opened);
                _gate.Wait();
                return _node!.Setup.Open("test-writer");
            },
            limits,
            _metrics);

    private static JournalWrite Write(string stream, params long[] seqs) =>
        new(stream, seqs.Select(seq => Event(stream, seq)).ToArray(), seqs.Length, CancellationToken.None);

    private static IPersistentRepresentation Event(string stream, long seq) =>
        new Persistent(new JournalEntry(new byte[] { 7 }), seq, stream, "", false, ActorRefs.NoSender, "w");
}
