using System.Text;
using Akka.Actor;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteConversationStoreTests : ConversationStoreTests<SqliteTestDatabase>;

public sealed class PostgresConversationStoreTests : ConversationStoreTests<PostgresTestDatabase>;

/// <summary>
/// One channel of 400 events: every fourth (4, 8 …) is an edit of the message two before it, all others create a message.
/// </summary>
public abstract class ConversationStoreTests<T> : DatabaseTests<T>
    where T : ITestDatabase, new()
{
    private const int Events = 400;
    private static readonly StreamId Stream = StreamId.Parse("channel-history");
    private static readonly StreamId Empty = StreamId.Parse("channel-empty");
    private StorageNode _node = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _node = Database.StartNode();
        var (actor, _) = await _node.Recover(Stream.Value);
        var batch = Enumerable.Range(1, Events).Select(object (seq) => new JournalEntry(Bytes(seq), Facts(seq))).ToArray();
        Assert.Equal(Events, await actor.Ask<long>(batch, StorageNode.Patience));
    }

    public override async Task DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        await base.DisposeAsync();
    }

    [SkippableFact]
    public async Task FindMessages_OfManyIds_FindsTheKnownOnesInTheirStream()
    {
        var ids = Enumerable.Range(1, Events + 5).Select(Id).Append("'; DROP TABLE message; --").ToArray();
        var found = await _node.Store.FindMessages(Stream, ids);
        Assert.Equal(Created().ToDictionary(seq => Id((int)seq)), found);
        Assert.Empty(await _node.Store.FindMessages(Empty, ids));
        Assert.Empty(await _node.Store.FindMessages(Stream, []));
    }

    [SkippableFact]
    public async Task FindIdempotent_OfManyKeys_GivesNumberAndFingerprint()
    {
        var keys = Enumerable.Range(1, Events + 5).Select(Key).ToArray();
        var found = await _node.Store.FindIdempotent(Stream, keys);
        Assert.Equal(Created().Count(), found.Count);
        Assert.All(Created(), seq =>
        {
            var stored = found[Key((int)seq)];
            Assert.Equal(seq, stored.Seq);
            Assert.Equal(Bytes((int)seq), stored.Fingerprint);
        });
    }

    [SkippableFact]
    public async Task ReadRecords_OfARange_GivesItInOrderUpToTheMaximum()
    {
        Assert.Equal(Numbers(10, 29), Texts(await _node.Store.ReadRecords(Stream, 10, 29, 100)));
        Assert.Equal(Numbers(10, 14), Texts(await _node.Store.ReadRecords(Stream, 10, 29, 5)));
        Assert.Equal(Numbers(399, 400), Texts(await _node.Store.ReadRecords(Stream, 399, long.MaxValue, 5)));
        Assert.Empty(await _node.Store.ReadRecords(Stream, 401, 500, 5));
    }

    [SkippableFact]
    public async Task ReadRecords_OfNumbers_GivesThoseThatAreThereInOrder()
    {
        var wanted = Enumerable.Range(1, 300).Select(i => (long)i).Reverse().Append(5).Append(9999).ToArray();
        Assert.Equal(Numbers(1, 300), Texts(await _node.Store.ReadRecords(Stream, wanted)));
        Assert.Empty(await _node.Store.ReadRecords(Stream, []));
    }

    [SkippableFact]
    public async Task ReadRecords_OfARowMarkedDeleted_StillGivesIt()
    {
        using (var connection = _node.Source.OpenConnection())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "UPDATE journal SET deleted = TRUE WHERE sequence_number = 7";
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        Assert.Equal(Numbers(6, 8), Texts(await _node.Store.ReadRecords(Stream, 6, 8, 9)));
        Assert.Equal(Numbers(7, 7), Texts(await _node.Store.ReadRecords(Stream, [7])));
    }

    [SkippableTheory]
    [InlineData(null, null, 3, new long[] { 397, 398, 399 }, true)]
    [InlineData(10L, null, 3, new long[] { 6, 7, 9 }, true)]
    [InlineData(5L, null, 3, new long[] { 1, 2, 3 }, false)]
    [InlineData(null, 3L, 3, new long[] { 5, 6, 7 }, true)]
    [InlineData(null, 395L, 9, new long[] { 397, 398, 399 }, false)]
    [InlineData(7L, 3L, 9, new long[] { 5, 6 }, false)]
    [InlineData(1L, null, 9, new long[0], false)]
    public async Task MessagePage_InEachDirection_GivesTheNearestMessages(long? before, long? after, int limit, long[] seqs, bool more)
    {
        var page = await _node.Store.MessagePage(Stream, before, after, limit);
        Assert.Equal(seqs, page.Seqs);
        Assert.Equal(more, page.More);
    }

    [SkippableFact]
    public async Task ChangesOf_Messages_GivesTheirCreationAndTheirChanges()
    {
        Assert.Equal([1L, 2, 4, 6, 8], await _node.Store.ChangesOf(Stream, [2, 1, 6, 2]));
        var all = await _node.Store.ChangesOf(Stream, Created().ToArray());
        Assert.Equal(Enumerable.Range(1, Events).Select(i => (long)i), all);
    }

    [SkippableFact]
    public async Task ChangedSince_ANumber_GivesEachMessageOnce()
    {
        Assert.Equal([395L, 397, 398, 399], (await _node.Store.ChangedSince(Stream, 394, 10)).Seqs.Where(s => s != 394));
        Assert.Equal([394L, 395, 397, 398, 399], (await _node.Store.ChangedSince(Stream, 394, 10)).Seqs);
        var cut = await _node.Store.ChangedSince(Stream, 0, 2);
        Assert.Equal([1L, 2], cut.Seqs);
        Assert.True(cut.More);
        Assert.Empty((await _node.Store.ChangedSince(Stream, 400, 10)).Seqs);
    }

    [SkippableFact]
    public async Task Head_OfAStream_IsItsLastNumber()
    {
        Assert.Equal(Events, await _node.Store.Head(Stream));
        Assert.Equal(0, await _node.Store.Head(Empty));
    }

    private static IEnumerable<long> Created() => Enumerable.Range(1, Events).Where(seq => seq % 4 != 0).Select(seq => (long)seq);

    private static IndexFacts Facts(int seq) =>
        seq % 4 == 0 ? new IndexFacts(Id(seq - 2), seq - 2) : new IndexFacts(Id(seq), seq, Key(seq), Bytes(seq));

    private static string Id(int seq) => $"m_{seq}";

    private static byte[] Key(int seq) => [(byte)(seq >> 8), (byte)seq, 0];

    private static byte[] Bytes(int seq) => Encoding.UTF8.GetBytes($"event {seq}");

    private static IEnumerable<string> Numbers(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"{i}:event {i}");

    private static IEnumerable<string> Texts(IEnumerable<QuikApp.Actors.Storage.Conversations.StoredRecord> records) =>
        records.Select(r => $"{r.Seq}:{Encoding.UTF8.GetString(r.Bytes)}");
}
