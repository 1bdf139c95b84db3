using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;
using Npgsql;
using QuikApp.Actors.Storage.Postgres;

namespace QuikApp.Host.Configuration;

/// <summary>Where the journal lives.</summary>
internal sealed class StorageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Storage";

    /// <summary>The kind of database.</summary>
    /// <value><c>sqlite</c>; <c>postgresql</c> for a cluster</value>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>How to reach it; a relative <c>Data Source</c> starts at the content root, which is the working directory.</summary>
    /// <value><c>Data Source=data/quikapp.db</c></value>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/quikapp.db";

    /// <summary>On PostgreSQL: the database of the keys, where that is another one.</summary>
    /// <value>The same database</value>
    public string? KeysConnectionString { get; set; }

    /// <summary>On PostgreSQL: the password of the role, apart from a connection string that anybody may see.</summary>
    /// <value>None</value>
    public string? Password { get; set; }

    /// <summary>On PostgreSQL: the connections that this node may have to the journal's database.</summary>
    /// <value>20</value>
    [Range(10, 1000)]
    public int PoolSize { get; set; } = 20;

    /// <summary>The full path of the SQLite file.</summary>
    /// <param name="contentRoot">Where a relative path starts.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read; a validated one can.</exception>
    public string SqliteFile(string contentRoot) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource, contentRoot);

    /// <summary>The directory where a node keeps what it makes for itself: that of the SQLite file, or <c>data</c>.</summary>
    /// <param name="contentRoot">Where a relative path starts.</param>
    public string DirectoryOf(string contentRoot) =>
        Provider == StorageProvider.Postgresql ? Path.GetFullPath("data", contentRoot) : Path.GetDirectoryName(SqliteFile(contentRoot))!;

    /// <summary>How PostgreSQL is reached, the password included.</summary>
    /// <exception cref="ArgumentException">A connection string cannot be read; a validated one can.</exception>
    public PostgresOptions Postgres() => new()
    {
        ConnectionString = WithPassword(ConnectionString),
        KeysConnectionString = string.IsNullOrEmpty(KeysConnectionString) ? null : WithPassword(KeysConnectionString),
        PoolSize = PoolSize,
    };

    private string WithPassword(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder(text);
        if (string.IsNullOrEmpty(builder.Password) && !string.IsNullOrEmpty(Password))
            builder.Password = Password;
        return builder.ConnectionString;
    }
}
