using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteGroupCommitJournalTests : GroupCommitJournalTests<SqliteTestDatabase>;

public sealed class PostgresGroupCommitJournalTests : GroupCommitJournalTests<PostgresTestDatabase>;

public abstract class GroupCommitJournalTests<T> : DatabaseTests<T>
    where T : ITestDatabase, new()
{
    [SkippableFact]
    public async Task Persist_ByManyActorsAtOnce_TakesFewerTransactionsThanWrites()
    {
        const int actors = 60, each = 5;
        await using var node = Database.StartNode();
        var started = await Task.WhenAll(Enumerable.Range(0, actors).Select(i => node.Recover($"channel-{i}")));

        await Task.WhenAll(started.Select(async one =>
        {
            for (var seq = 1; seq <= each; seq++)
                Assert.Equal(seq, await one.Actor.Ask<long>(Entry($"record {seq}"), StorageNode.Patience));
        }));

        Assert.Equal(actors * each, node.Rows);
        Assert.InRange(node.Commits, 1, actors * each / 2);
    }

    [SkippableFact]
    public async Task Replay_AfterReopening_GivesExactlyTheBytesThatWerePersisted()
    {
        var records = Enumerable.Range(0, 40).Select(i => RandomNumberGenerator.GetBytes(1 + (i * 97))).ToArray();
        await using (var node = Database.StartNode())
        {
            var (actor, _) = await node.Recover("channel-bytes");
            // A slice of a larger array must be stored as the slice.
            var padded = new byte[] { 9 }.Concat(records[0]).Append((byte)9).ToArray();
            await actor.Ask<long>(new JournalEntry(padded.AsMemory(1, records[0].Length)), StorageNode.Patience);
            Assert.Equal(records.Length, await actor.Ask<long>(records.Skip(1).Select(object (r) => new JournalEntry(r)).ToArray(), StorageNode.Patience));
        }

        await using var again = Database.StartNode();
        var (_, replayed) = await again.Recover("channel-bytes");
        Assert.Equal(records, replayed.Cast<JournalEntry>().Select(e => e.Record.ToArray()));
        Assert.All(replayed.Cast<JournalEntry>(), e => Assert.Null(e.Index));
    }

    [SkippableFact]
    public async Task Persist_WhereTheNumberIsTaken_FailsAndLeavesNoIndexRows()
    {
        await using var node = Database.StartNode();
        var (first, _) = await node.Recover("channel-a");
        var (late, _) = await node.Recover("channel-a");
        Assert.Equal(1, await first.Ask<long>(Entry("first", new IndexFacts("m_1", 1)), StorageNode.Patience));

        var error = await Assert.ThrowsAsync<JournalWriteException>(() => late.Ask<long>(Entry("second", new IndexFacts("m_2", 1)), StorageNode.Patience));

        Assert.Equal(JournalWriteFailure.Conflict, error.Reason);
        var stream = StreamId.Parse("channel-a");
        Assert.Equal("first", Encoding.UTF8.GetString(Assert.Single(await node.Store.ReadRecords(stream, 1, 10, 10)).Bytes));
        Assert.Equal(["m_1"], (await node.Store.FindMessages(stream, ["m_1", "m_2"])).Keys);
    }

    [SkippableFact]
    public async Task Persist_WithAUsedIdempotencyKey_StoresNeitherTheEventsNorTheirRows()
    {
        await using var node = Database.StartNode();
        var (actor, _) = await node.Recover("channel-k");
        await actor.Ask<long>(Entry("one", new IndexFacts("m_1", 1, [1, 2], [3])), StorageNode.Patience);

        object[] batch = [Entry("two", new IndexFacts("m_2", 2)), Entry("three", new IndexFacts("m_3", 3, [1, 2], [4]))];
        await Assert.ThrowsAsync<JournalWriteException>(() => actor.Ask<long>(batch, StorageNode.Patience));

        var stream = StreamId.Parse("channel-k");
        Assert.Equal(1, await node.Store.Head(stream));
        Assert.Equal([1L], (await node.Store.MessagePage(stream, null, null, 10)).Seqs);
    }

    [SkippableFact]
    public async Task Recovery_AfterAFailedWrite_ContinuesWithoutAHole()
    {
        await using var node = Database.StartNode();
        var (first, _) = await node.Recover("channel-h");
        var (late, _) = await node.Recover("channel-h");
        await first.Ask<long>(Entry("one"), StorageNode.Patience);
        await Assert.ThrowsAsync<JournalWriteException>(() => late.Ask<long>(Entry("lost"), StorageNode.Patience));

        var (next, replayed) = await node.Recover("channel-h");
        Assert.Single(replayed);
        Assert.Equal(2, await next.Ask<long>(Entry("two"), StorageNode.Patience));
    }

    [SkippableFact]
    public async Task Persist_OfAnotherPayload_GoesThroughThePluginItself()
    {
        await using (var node = Database.StartNode())
        {
            var (actor, _) = await node.Recover("other-1");
            Assert.Equal(2, await actor.Ask<long>(new object[] { "a", "b" }, StorageNode.Patience));
            Assert.Equal(0, node.Rows);
        }
        await using var again = Database.StartNode();
        Assert.Equal(["a", "b"], (await again.Recover("other-1")).Replayed);
    }

    [SkippableFact]
    public async Task Persist_OfEntriesMixedWithOthers_Fails()
    {
        await using var node = Database.StartNode();
        var (actor, _) = await node.Recover("channel-m");

        await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Ask<long>(new object[] { Entry("a"), "b" }, StorageNode.Patience));

        Assert.Equal(0, await node.Store.Head(StreamId.Parse("channel-m")));
    }

    private static JournalEntry Entry(string text, IndexFacts? index = null) => new(Encoding.UTF8.GetBytes(text), index);
}
