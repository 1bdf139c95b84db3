using System.Data.Common;
using System.Runtime.Versioning;
using LinqToDB.Data;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OpenJournal_OfAFreshDirectory_ReadsItsSettingsBack()
    {
        using var database = SqliteDatabase.OpenJournal(Options());
        using var connection = database.Source.OpenConnection();
        Assert.Equal("wal", Ask(connection, "PRAGMA journal_mode"));
        Assert.Equal(2L, Ask(connection, "PRAGMA synchronous"));
        Assert.Equal(1L, Ask(connection, "PRAGMA foreign_keys"));
        Assert.Equal(10_000L, Ask(connection, "PRAGMA busy_timeout"));
    }

    [Fact]
    public void DataOptions_OfThePlugin_OpenConnectionsThatCommitDurably()
    {
        using var database = SqliteDatabase.OpenJournal(Options());
        // A pooled connection comes back as it was left.
        using (var weakened = new DataConnection(SqlPersistenceHostingExtensions.DataOptionsFor(database.Source)))
            weakened.Execute("PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=1");
        using var first = new DataConnection(SqlPersistenceHostingExtensions.DataOptionsFor(database.Source));
        using var second = new DataConnection(SqlPersistenceHostingExtensions.DataOptionsFor(database.Source));
        foreach (var connection in new[] { first, second })
        {
            Assert.Equal(2, connection.Execute<int>("PRAGMA synchronous"));
            Assert.Equal(10_000, connection.Execute<int>("PRAGMA busy_timeout"));
            Assert.Equal("wal", connection.Execute<string>("PRAGMA journal_mode"));
        }
    }

    [Theory]
    [InlineData("PRAGMA synchronous=NORMAL")]
    [InlineData("PRAGMA foreign_keys=OFF")]
    [InlineData("PRAGMA busy_timeout=1")]
    [InlineData("PRAGMA journal_mode=DELETE")]
    public void Verify_OfAWeakenedConnection_Refuses(string weaken)
    {
        using var database = SqliteDatabase.OpenJournal(Options());
        using var connection = database.Source.OpenConnection();
        Ask(connection, weaken);
        Assert.Throws<StorageRefusedException>(() => database.Source.Verify(connection));
    }

    [Fact]
    public void OpenJournal_ASecondTime_RefusesUntilTheFirstIsClosed()
    {
        using (SqliteDatabase.OpenJournal(Options()))
            Assert.Contains("another process", Assert.Throws<StorageRefusedException>(() => SqliteDatabase.OpenJournal(Options())).Message, StringComparison.Ordinal);

        // A lock file that is merely there, as after a kill, is no lock.
        Assert.True(File.Exists(Path.Combine(Data, "journal.db.lock")));
        SqliteDatabase.OpenJournal(Options()).Dispose();
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void OpenJournal_OnUnix_KeepsOthersOut()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        using var database = SqliteDatabase.OpenJournal(Options());
        using var connection = database.Source.OpenConnection();
        Ask(connection, "CREATE TABLE t (x)");

        Assert.Equal("700", Mode(Data));
        var files = Directory.GetFiles(Data).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["journal.db", "journal.db-shm", "journal.db-wal", "journal.db.lock"], files.Select(Path.GetFileName));
        Assert.All(files, file => Assert.Equal("600", Mode(file)));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void OpenJournal_OfOurDirectoryWidened_NarrowsItAgain()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        SqliteDatabase.OpenJournal(Options()).Dispose();
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Path.Combine(Data, "journal.db"), (UnixFileMode)0b110_100_100);

        SqliteDatabase.OpenJournal(Options()).Dispose();

        Assert.Equal("700", Mode(Data));
        Assert.Equal("600", Mode(Path.Combine(Data, "journal.db")));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void OpenJournal_OfAForeignOpenDirectory_RefusesAndLeavesItAlone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "other.txt"), "");
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_101_101);

        Assert.Throws<StorageRefusedException>(() => SqliteDatabase.OpenJournal(Options()));

        Assert.Equal("755", Mode(Data));
        Assert.Equal(["other.txt"], Directory.GetFiles(Data).Select(Path.GetFileName));
    }

    [Fact]
    public void OpenJournal_OfAFileThatIsNoDatabase_RefusesAndReleasesTheLock()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "journal.db"), new string('x', 4096));
        for (var i = 0; i < 2; i++)
            Assert.Contains("cannot be opened", Assert.Throws<StorageRefusedException>(() => SqliteDatabase.OpenJournal(Options())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenJournal_WhoseLockTheDiskRefuses_SaysSo()
    {
        SqliteDatabase.OpenJournal(Options()).Dispose();
        var file = Path.Combine(Data, "journal.db.lock");
        File.Delete(file);
        File.CreateSymbolicLink(file, Path.Combine(_directory.Path, "nowhere", "lock"));

        var message = Assert.Throws<StorageRefusedException>(() => SqliteDatabase.OpenJournal(Options())).Message;

        Assert.Contains("cannot be taken", message, StringComparison.Ordinal);
        Assert.DoesNotContain("another process", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenJournal_OfANewerSchema_Refuses()
    {
        using (var database = SqliteDatabase.OpenJournal(Options()))
        using (var connection = database.Source.OpenConnection())
            Ask(connection, "UPDATE schema_version SET version = version + 1; UPDATE schema_compatibility SET usable_from = (SELECT version FROM schema_version)");

        Assert.Contains("newer program", Assert.Throws<StorageRefusedException>(() => SqliteDatabase.OpenJournal(Options())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenJournal_OfANewerSchemaThatCanBeUsed_LeavesItAsItIs()
    {
        using (var database = SqliteDatabase.OpenJournal(Options()))
        using (var connection = database.Source.OpenConnection())
            Ask(connection, "UPDATE schema_version SET version = version + 1");

        for (var i = 0; i < 2; i++)
        {
            using var again = SqliteDatabase.OpenJournal(Options());
            using var connection = again.Source.OpenConnection();
            Assert.Equal((long)SqliteIndexSchema.Schema.Steps.Count + 1, Ask(connection, "SELECT version FROM schema_version"));
        }
    }

    [Fact]
    public async Task WithSqlPersistence_Always_MakesTheUniqueIndexOfStreamAndNumber()
    {
        await using var node = StorageNode.Start(Data);
        await node.Recover("channel-1");
        using var connection = node.Database.Source.OpenConnection();
        Assert.Equal(
            "CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number)",
            Ask(connection, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = 'journal_uq'"));
    }

    [Fact]
    public async Task JournalSetup_WithoutTheUniqueIndex_RefusesToWrite()
    {
        await using var node = StorageNode.Start(Data);
        await node.Recover("channel-1");
        using var connection = node.Database.Source.OpenConnection();
        Ask(connection, "DROP INDEX journal_uq");
        using var metrics = new StorageMetrics();
        var setup = SqliteJournal.Setup(node.Database, node.Options, TimeProvider.System, metrics);
        Assert.Throws<StorageRefusedException>(() => setup.Open("w"));
    }

    [Fact]
    public void Revocations_OfANewerProgram_AreRefused()
    {
        using var database = SqliteDatabase.OpenJournal(Options());
        new SqliteRevocationStore(database, Options()).Dispose();
        using (var connection = new PreparedConnection(database.Source.OpenConnection()))
            connection.Prepare("UPDATE schema_version SET version = 99 WHERE component = 'revocation'").Execute();
        using (var connection = new PreparedConnection(database.Source.OpenConnection()))
            connection.Prepare("DELETE FROM schema_compatibility WHERE component = 'revocation'").Execute();
        Assert.Throws<StorageRefusedException>(() => new SqliteRevocationStore(database, Options()));
    }

    private string Data => Path.Combine(_directory.Path, "data");

    private SqliteOptions Options() => new() { DataDirectory = Data };

    [UnsupportedOSPlatform("windows")]
    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static object? Ask(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
