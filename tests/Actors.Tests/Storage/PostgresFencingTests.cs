using System.Text;
using Akka.Actor;
using Akka.Persistence;
using Npgsql;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Protocol.Identity;
using QuikApp.Tests.Postgres;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>A writer that was fenced commits nothing any more, whatever it was at; the others do not notice.</summary>
public sealed class PostgresFencingTests : IAsyncLifetime
{
    private const string Zombie = "00112233445566778899aabbccddeeff";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private PostgresOptions _options = null!;

    public async Task InitializeAsync()
    {
        _options = new PostgresOptions { ConnectionString = await (await PostgresServer.Shared()).CreateDatabaseAsync() };
        PostgresMigration.Run(_options);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Write_OfAFencedWriter_IsRefusedAndThatOfAnotherIsNot()
    {
        await using var node = StorageNode.Start(_options);
        using var zombie = node.Setup.Open(Zombie);
        using var successor = node.Setup.Open("ffeeddccbbaa99887766554433221100");
        Assert.Null(Assert.Single(zombie.Write([Entry("channel-1", 1)])));

        for (var i = 0; i < 2; i++)
            await node.Setup.Fence!.Fence(Zombie, CancellationToken.None);

        var refused = zombie.Write([Entry("channel-1", 2), Entry("channel-2", 1)]);
        Assert.All(refused, error => Assert.Equal(JournalWriteFailure.Fenced, error!.Reason));
        Assert.Equal(1, await node.Store.Head(StreamId.Parse("channel-1")));
        Assert.Equal(0, await node.Store.Head(StreamId.Parse("channel-2")));
        Assert.Null(Assert.Single(successor.Write([Entry("channel-1", 2)])));
    }

    // The others go on without it: it must not stay and answer.
    [SkippableFact]
    public async Task Persist_OfANodeThatIsFenced_EndsItsActorSystem()
    {
        await using var node = StorageNode.Start(_options);
        var (actor, _) = await node.Recover("channel-1");
        Assert.Equal(1, await actor.Ask<long>(new JournalEntry(Encoding.UTF8.GetBytes("before"), null), StorageNode.Patience));
        var writer = (string)(await PostgresServer.ExecuteAsync(_options.ConnectionString, "SELECT writer_uuid FROM quikapp.journal"))!;
        await node.Setup.Fence!.Fence(writer, CancellationToken.None);

        actor.Tell(new JournalEntry(Encoding.UTF8.GetBytes("after"), null), ActorRefs.NoSender);

        await node.System.WhenTerminated.WaitAsync(Patience);
        Assert.Equal(1L, await PostgresServer.ExecuteAsync(_options.ConnectionString, "SELECT count(*) FROM quikapp.journal"));
    }

    // It froze while it was sending: the database waits for the rest.
    [SkippableFact]
    public async Task Fence_OfAWriterInTheMiddleOfACommit_EndsTheCommit()
    {
        await using var node = StorageNode.Start(_options);
        await using var connection = new NpgsqlConnection(_options.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var half = new NpgsqlCommand(
            $"""
            SELECT quikapp.require_writer('{Zombie}');
            INSERT INTO quikapp.journal (created, deleted, persistence_id, sequence_number, message) VALUES (0, FALSE, 'channel-1', 1, '')
            """,
            connection);
        await half.ExecuteNonQueryAsync();

        await node.Setup.Fence!.Fence(Zombie, CancellationToken.None).WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
        Assert.Equal(0, await node.Store.Head(StreamId.Parse("channel-1")));
    }

    private static JournalWrite Entry(string stream, long seq) =>
        new(stream, [new Persistent(new JournalEntry(Encoding.UTF8.GetBytes("record"), null), seq, stream)], 6, CancellationToken.None);
}
