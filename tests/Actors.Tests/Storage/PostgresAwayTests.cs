using System.Text;
using Akka.Actor;
using Npgsql;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Protocol.Identity;
using QuikApp.Tests.Postgres;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>A PostgreSQL that is killed and frozen under a node: what was acknowledged stays, what cannot be written fails, and service returns by itself.</summary>
public sealed class PostgresAwayTests : IAsyncLifetime
{
    private static readonly StreamId Stream = StreamId.Parse("channel-away");
    private PostgresServer? _server;
    private PostgresOptions _options = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _options = new PostgresOptions { ConnectionString = await _server.CreateDatabaseAsync() };
        PostgresMigration.Run(_options);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [SkippableFact]
    public async Task Persist_AroundACrash_KeepsWhatWasAcknowledgedAndGoesOn()
    {
        await using var node = StorageNode.Start(_options);
        var (actor, _) = await node.Recover(Stream.Value);
        for (var seq = 1; seq <= 20; seq++)
            Assert.Equal(seq, await actor.Ask<long>(Entry(seq), StorageNode.Patience));

        await _server!.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => actor.Ask<long>(Entry(21), StorageNode.Patience));
        await Assert.ThrowsAnyAsync<Exception>(() => node.Store.Head(Stream));
        await _server.StartAsync();

        Assert.Equal(21, await Eventually(node));
        Assert.Equal(Enumerable.Range(1, 20).Select(seq => $"event {seq}").Append("again"), (await node.Store.ReadRecords(Stream, 1, 99, 99)).Select(record => Encoding.UTF8.GetString(record.Bytes)));
    }

    [SkippableFact]
    public async Task Persist_WhileTheDatabaseIsFrozen_FailsAndIsAcknowledgedToNobody()
    {
        await using var node = StorageNode.Start(_options);
        var (actor, _) = await node.Recover(Stream.Value);
        await actor.Ask<long>(Entry(1), StorageNode.Patience);

        await _server!.PauseAsync();
        try
        {
            var write = actor.Ask<long>(Entry(2), StorageNode.Patience);
            var read = node.Store.Head(Stream);
            await Assert.ThrowsAnyAsync<Exception>(() => write);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => read);
        }
        finally
        {
            await _server.ResumeAsync();
        }

        // The frozen write may have been committed when the server woke up; either way the numbers have no hole.
        var last = await Eventually(node);
        var records = await node.Store.ReadRecords(Stream, 1, 99, 99);
        Assert.Equal(Enumerable.Range(1, (int)last).Select(seq => (long)seq), records.Select(record => record.Seq));
        Assert.InRange(last, 2, 3);
    }

    // A new incarnation at each attempt, as a conversation starts anew after a failure.
    private static async Task<long> Eventually(StorageNode node)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var (actor, _) = await node.Recover(Stream.Value);
                return await actor.Ask<long>(new JournalEntry(Encoding.UTF8.GetBytes("again")), StorageNode.Patience);
            }
            catch (Exception) when (i < 60)
            {
                await Task.Delay(250);
            }
        }
    }

    private static JournalEntry Entry(int seq) => new(Encoding.UTF8.GetBytes($"event {seq}"));
}
