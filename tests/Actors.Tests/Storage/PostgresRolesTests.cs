using System.Text;
using Akka.Actor;
using Npgsql;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Protocol.Identity;
using QuikApp.Tests.Postgres;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>The roles of <c>sql/postgresql/roles.sql</c>: the owner migrates, the application serves and can change nothing that was written.</summary>
public sealed class PostgresRolesTests : IAsyncLifetime
{
    private PostgresServer? _server;
    private PostgresOptions _app = null!;

    public async Task InitializeAsync()
    {
        // Roles belong to the whole server, so it is one of its own.
        _server = await PostgresServer.StartAsync();
        var super = await _server.CreateDatabaseAsync();
        for (var i = 0; i < 2; i++)
            await PostgresServer.ExecuteAsync(super, await File.ReadAllTextAsync(RolesFile()));
        await PostgresServer.ExecuteAsync(super, "ALTER ROLE quikapp_owner PASSWORD 'owner'; ALTER ROLE quikapp_app PASSWORD 'app'");
        var database = new NpgsqlConnectionStringBuilder(super).Database!;
        PostgresMigration.Run(new PostgresOptions { ConnectionString = _server.ConnectionString(database, "quikapp_owner", "owner") });
        _app = new PostgresOptions { ConnectionString = _server.ConnectionString(database, "quikapp_app", "app") };
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [SkippableFact]
    public async Task AppRole_OnTheOwnersTables_WritesAndReadsEverythingThatServingNeeds()
    {
        var stream = StreamId.Parse("channel-app");
        await using (var node = StorageNode.Start(_app))
        {
            var (actor, _) = await node.Recover(stream.Value);
            object[] all =
            [
                Entry(new IndexFacts("m_1", 1, [1], [2]) { Author = "u_1", OwesRelay = true }),
                Entry(new IndexFacts("m_1", 1)),
                Entry(new IndexFacts("m_1", 1) { Deletes = true }),
                Entry(new IndexFacts { SetsStatus = true, Read = ("channel-x", 1), Mention = ("channel-x", 1) }),
                Entry(new IndexFacts { SetsStatus = true, Read = ("channel-x", 2), Withdrawn = ("channel-x", 1) }),
            ];
            Assert.Equal(5, await actor.Ask<long>(all, StorageNode.Patience));
            Assert.Equal(new SnapshotActor.Saved(1), await node.System.ActorOf(Props.Create(() => new SnapshotActor("channel-snap"))).Ask<SnapshotActor.Saved>("first", StorageNode.Patience));
            Assert.Equal([1L], await node.Store.Owed(stream));
            await node.Store.Settle([(stream, 1)]);
            Assert.Empty(await node.Store.Owed(stream));
            Assert.Equal(5, await node.Store.StatusSeq(stream));
        }

        using var database = PostgresDatabase.Open(_app);
        await new PostgresWriterFence(database.Journal).Fence("w", CancellationToken.None);
        using var wrapping = new KeyEncryptionKey(new byte[32]);
        using var keys = new PostgresKeyStore(database, wrapping, _app, TimeProvider.System);
        await keys.GetOrCreate(UserId.Parse("alice"), stream, DateTimeOffset.UnixEpoch);
        await keys.Pseudonym(UserId.Parse("alice"));
        using var revocations = new PostgresRevocationStore(database, _app);
        await revocations.Append(RevocationKind.Tokens, new byte[32], 1, request: null);
    }

    [SkippableTheory]
    [InlineData("UPDATE quikapp.journal SET message = ''")]
    [InlineData("DELETE FROM quikapp.journal")]
    [InlineData("TRUNCATE quikapp.journal")]
    [InlineData("DROP TABLE quikapp.journal")]
    [InlineData("ALTER TABLE quikapp.journal DISABLE TRIGGER ALL")]
    [InlineData("CREATE TABLE quikapp.other (a INT)")]
    [InlineData("UPDATE quikapp.idempotency SET seq = 1")]
    [InlineData("UPDATE quikapp.message SET message_id = 'x'")]
    [InlineData("DELETE FROM quikapp.message_change")]
    [InlineData("DELETE FROM quikapp.revocation")]
    [InlineData("DELETE FROM quikapp.fenced_writer")]
    [InlineData("UPDATE quikapp.schema_version SET version = 0")]
    [InlineData("UPDATE quikapp_keys.content_key SET wrapped = ''")]
    [InlineData("CREATE TABLE public.other (a INT)")]
    [InlineData("COPY quikapp.journal TO PROGRAM 'true'")]
    public async Task AppRole_AskedToChangeWhatWasWritten_IsRefused(string sql)
    {
        var error = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(_app.ConnectionString, sql));
        Assert.Equal("42501", error.SqlState);
    }

    private static string RolesFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "sql", "postgresql", "roles.sql");
            if (File.Exists(file))
                return file;
        }

        throw new FileNotFoundException("sql/postgresql/roles.sql");
    }

    private static JournalEntry Entry(IndexFacts index) => new(Encoding.UTF8.GetBytes("record"), index);
}
