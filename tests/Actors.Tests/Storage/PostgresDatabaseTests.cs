using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Protocol.Identity;
using QuikApp.Tests.Postgres;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>What is PostgreSQL's own: the tables and their versions, the settings, several nodes on one database.</summary>
public sealed class PostgresDatabaseTests : IAsyncLifetime
{
    private PostgresOptions _options = null!;

    public async Task InitializeAsync() => _options = new PostgresOptions { ConnectionString = await (await PostgresServer.Shared()).CreateDatabaseAsync() };

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public void Open_WithoutTables_NamesTheVerbThatMakesThem() =>
        Assert.Contains("run the verb migrate", Assert.Throws<StorageRefusedException>(() => PostgresDatabase.Open(_options)).Message, StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData("quikapp", "version - 1", "run the verb migrate")]
    [InlineData("quikapp", "version + 1", "newer program")]
    [InlineData("quikapp_keys", "version - 1", "run the verb migrate")]
    [InlineData("quikapp_keys", "version + 1", "newer program")]
    public async Task Open_OfTablesOfAnotherVersion_Refuses(string schema, string version, string message)
    {
        PostgresMigration.Run(_options);
        PostgresDatabase.Open(_options).Dispose();
        await Execute($"UPDATE {schema}.schema_version SET version = {version}; UPDATE {schema}.schema_compatibility SET usable_from = (SELECT version FROM {schema}.schema_version)");
        Assert.Contains(message, Assert.Throws<StorageRefusedException>(() => PostgresDatabase.Open(_options)).Message, StringComparison.Ordinal);
    }

    // The release before goes on after a migration, and can be gone back to.
    [SkippableFact]
    public async Task Open_OfTablesOfANewerProgramThatSaysTheyCanBeUsed_IsLeftAsItIsAndOpens()
    {
        PostgresMigration.Run(_options);
        foreach (var schema in new[] { "quikapp", "quikapp_keys" })
            await Execute($"UPDATE {schema}.schema_version SET version = version + 1; UPDATE {schema}.schema_compatibility SET usable_from = (SELECT version - 1 FROM {schema}.schema_version)");
        Assert.False(PostgresMigration.IsNeeded(_options));
        PostgresMigration.Run(_options);
        PostgresDatabase.Open(_options).Dispose();
        Assert.Equal((long)PostgresSchema.Schema.Steps.Count + 1, await Execute("SELECT version FROM quikapp.schema_version"));
    }

    [SkippableFact]
    public async Task Migrate_ByManyAtOnce_MakesTheTablesOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresMigration.Run(_options))));
        PostgresDatabase.Open(_options).Dispose();
        Assert.Equal(1L, await Execute("SELECT count(*) FROM quikapp.schema_version"));
    }

    [SkippableFact]
    public async Task Migrate_OfTablesOfANewerProgram_Refuses()
    {
        PostgresMigration.Run(_options);
        await Execute("UPDATE quikapp.schema_version SET version = version + 1; UPDATE quikapp.schema_compatibility SET usable_from = (SELECT version FROM quikapp.schema_version)");
        Assert.Contains("newer program", Assert.Throws<StorageRefusedException>(() => PostgresMigration.Run(_options)).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("synchronous_commit", "off")]
    [InlineData("synchronous_commit", "local")]
    public async Task Open_WhereACommitCouldBeLost_NamesTheSetting(string setting, string value)
    {
        PostgresMigration.Run(_options);
        await Execute($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(_options.ConnectionString).Database} SET {setting} = {value}");
        Assert.Contains($"{setting} = {value}", Assert.Throws<StorageRefusedException>(() => PostgresDatabase.Open(_options)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Open_OfAServerThatDoesNotFlush_NamesTheSetting()
    {
        await using var server = await PostgresServer.StartAsync("fsync=off");
        var options = new PostgresOptions { ConnectionString = await server.CreateDatabaseAsync() };
        PostgresMigration.Run(options);
        Assert.Contains("fsync = off", Assert.Throws<StorageRefusedException>(() => PostgresDatabase.Open(options)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_WithAWrongPassword_RefusesAndDoesNotShowIt()
    {
        var wrong = new NpgsqlConnectionStringBuilder(_options.ConnectionString) { Password = "canary-wrong" }.ConnectionString;
        var error = Assert.Throws<StorageRefusedException>(() => PostgresDatabase.Open(new PostgresOptions { ConnectionString = wrong }));
        Assert.Contains("28P01", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_OfAServerThatIsNotThere_SaysThatItIsAway()
    {
        var nobody = new NpgsqlConnectionStringBuilder(_options.ConnectionString) { Port = 1 }.ConnectionString;
        Assert.Throws<StorageAwayException>(() => PostgresDatabase.Open(new PostgresOptions { ConnectionString = nobody }));
    }

    [SkippableFact]
    public async Task Migrate_Always_MakesTheColumnsThatAkkaWouldMake()
    {
        PostgresMigration.Run(_options);
        using var database = PostgresDatabase.Open(_options);
        using var metrics = new StorageMetrics();
        await using var services = new ServiceCollection().AddLogging().AddAkka("columns", (akka, _) => akka
            .WithSqlPersistence(database, _options, TimeProvider.System, metrics)
            .AddHocon(
                """
                akka.persistence.journal.sql { auto-initialize = true, default.schema-name = public }
                akka.persistence.snapshot-store.sql { auto-initialize = true, default.schema-name = public }
                """,
                HoconAddMode.Prepend)).BuildServiceProvider();
        var system = services.GetRequiredService<ActorSystem>();
        var recovered = new TaskCompletionSource<IReadOnlyList<object>>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new EntryActor("channel-1", recovered)));
        await recovered.Task.WaitAsync(StorageNode.Patience);

        var made = await Execute(ColumnsOf("public"));
        Assert.Contains("journal.writer_uuid", (string)made!, StringComparison.Ordinal);
        Assert.Equal(made, await Execute(ColumnsOf("quikapp")));
        await system.Terminate();
    }

    [SkippableFact]
    public async Task Snapshot_SavedTwice_IsOfferedAndTheOlderOneIsGone()
    {
        PostgresMigration.Run(_options);
        await using (var node = StorageNode.Start(_options))
        {
            var actor = node.System.ActorOf(Props.Create(() => new SnapshotActor("channel-s")));
            await actor.Ask<SnapshotActor.Saved>("first", StorageNode.Patience);
            await actor.Ask<SnapshotActor.Saved>("second", StorageNode.Patience);
        }

        await using var again = StorageNode.Start(_options);
        var other = again.System.ActorOf(Props.Create(() => new SnapshotActor("channel-s")));
        Assert.Equal("second", (await other.Ask<SnapshotActor.Offered>(new SnapshotActor.Ask(), StorageNode.Patience)).Text);
        Assert.Equal(1L, await Execute("SELECT count(*) FROM quikapp.snapshot"));
    }

    [SkippableFact]
    public async Task Marked_WhateverTheDatabasesLanguage_GoesByBytes()
    {
        PostgresMigration.Run(_options);
        await using var node = StorageNode.Start(_options);
        var (actor, _) = await node.Recover("user-1");
        string[] targets = ["channel-a", "channel-B", "channel-_", "channel-b", "channel-A", "channel-0"];
        await actor.Ask<long>(targets.Select(object (target) => new JournalEntry(new byte[] { 1 }, new IndexFacts { Read = (target, 1) })).ToArray(), StorageNode.Patience);

        var marked = await node.Store.Marked(StreamId.Parse("user-1"), "", 10);

        Assert.Equal(targets.Order(StringComparer.Ordinal), marked.Select(stream => stream.Value));
        Assert.Equal(["channel-_", "channel-a", "channel-b"], (await node.Store.Marked(StreamId.Parse("user-1"), "channel-B", 10)).Select(stream => stream.Value));
    }

    [SkippableFact]
    public async Task Persist_OfTwoNodesThatBothOwnAStream_AcknowledgesExactlyWhatIsStored()
    {
        const int rounds = 60;
        PostgresMigration.Run(_options);
        await using var one = StorageNode.Start(_options);
        await using var other = StorageNode.Start(_options);
        var stream = StreamId.Parse("channel-owned");

        var acknowledged = await Task.WhenAll(new[] { one, other }.Select(async (node, index) =>
        {
            var mine = new List<string>();
            for (var i = 0; i < rounds; i++)
            {
                var (actor, replayed) = await node.Recover(stream.Value);
                var text = $"{replayed.Count + 1}:{index}-{i}";
                try
                {
                    await actor.Ask<long>(new JournalEntry(Encoding.UTF8.GetBytes(text)), StorageNode.Patience);
                    mine.Add(text);
                }
                catch (JournalWriteException e)
                {
                    Assert.Equal(JournalWriteFailure.Conflict, e.Reason);
                }

                await actor.GracefulStop(StorageNode.Patience);
            }

            return mine;
        }));

        var stored = await one.Store.ReadRecords(stream, 1, long.MaxValue, 1000);
        Assert.Equal(acknowledged.SelectMany(mine => mine).Order(), stored.Select(record => Encoding.UTF8.GetString(record.Bytes)).Order());
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(seq => (long)seq), stored.Select(record => record.Seq));
    }

    [SkippableFact]
    public async Task GetOrCreate_OnTwoNodesAtOnce_GivesBothTheSameKeys()
    {
        PostgresMigration.Run(_options);
        using var wrapping = new KeyEncryptionKey(new byte[32]);
        using var first = PostgresDatabase.Open(_options);
        using var second = PostgresDatabase.Open(_options);
        var stores = await Task.WhenAll(new[] { first, second }.Select(database => Task.Run(() => new PostgresKeyStore(database, wrapping, _options, TimeProvider.System))));
        using var one = stores[0];
        using var other = stores[1];
        Assert.Equal(one.IndexKey.ToArray(), other.IndexKey.ToArray());
        for (var i = 0; i < 30; i++)
        {
            var user = UserId.Parse($"user{i}");
            var keys = await Task.WhenAll(stores.Select(store => store.GetOrCreate(user, StreamId.Parse("channel-1"), DateTimeOffset.UnixEpoch).AsTask()));
            Assert.Equal((keys[0].Kid, Convert.ToHexString(keys[0].Key.Span)), (keys[1].Kid, Convert.ToHexString(keys[1].Key.Span)));
            var names = await Task.WhenAll(stores.Select(store => store.Pseudonym(user).AsTask()));
            Assert.Equal(names[0], names[1]);
        }
    }

    private static string ColumnsOf(string schema) => $"""
        SELECT string_agg(format('%s.%s %s', table_name, column_name, data_type), E'\n' ORDER BY table_name, column_name)
        FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name IN ('journal', 'snapshot')
        """;

    private Task<object?> Execute(string sql) => PostgresServer.ExecuteAsync(_options.ConnectionString, sql);
}
