using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>Opens connections that commit durably: <c>synchronous</c> belongs to a connection, not to the file.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    private const long Full = 2;

    /// <summary>What the write-ahead log shrinks to after a burst; without a limit it keeps the burst's size for ever.</summary>
    private const long LogLimitBytes = 64L << 20;

    private readonly long _busyMilliseconds;

    /// <summary>A source of connections to <paramref name="path"/>, which exists.</summary>
    public SqliteDataSource(string path, TimeSpan busyTimeout)
    {
        _busyMilliseconds = (long)busyTimeout.TotalMilliseconds;
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = (int)Math.Ceiling(busyTimeout.TotalSeconds),
            Pooling = false,
        };
        ConnectionString = builder.ToString();
        builder.Pooling = true;
        PooledConnectionString = builder.ToString();
    }

    /// <summary>Not pooled: our connections live long, and one that met an error must really close.</summary>
    public override string ConnectionString { get; }

    /// <summary>For code that opens a connection a query, and passes it to <see cref="Configure"/>.</summary>
    public string PooledConnectionString { get; }

    /// <summary>Makes a connection that something else opened as durable as our own.</summary>
    public void Configure(DbConnection connection)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A number of our own; PRAGMA takes no parameters.
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA busy_timeout={_busyMilliseconds}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit={LogLimitBytes};");
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Puts the file into WAL mode, which it then keeps.</summary>
    public static void UseWriteAheadLog(DbConnection connection) => Pragma(connection, "PRAGMA journal_mode=WAL");

    /// <summary>Reads the settings back: a PRAGMA that SQLite does not honour fails without a word.</summary>
    /// <exception cref="StorageRefusedException">One of them is not what durability needs.</exception>
    public void Verify(DbConnection connection)
    {
        Require(connection, "PRAGMA journal_mode", "wal");
        Require(connection, "PRAGMA synchronous", Full);
        Require(connection, "PRAGMA foreign_keys", 1L);
        Require(connection, "PRAGMA busy_timeout", _busyMilliseconds);
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        var connection = CreateDbConnection();
        try
        {
            connection.Open();
            Configure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        new(OpenDbConnection());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(PooledConnectionString);
            SqliteConnection.ClearPool(connection);
        }
        base.Dispose(disposing);
    }

    private static void Require(DbConnection connection, string pragma, object expected)
    {
        var found = Pragma(connection, pragma);
        if (!Equals(found, expected))
            throw new StorageRefusedException($"SQLite answers {pragma} = {found} where {expected} is needed: events could be lost after they were acknowledged");
    }

    private static object? Pragma(DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = pragma;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
