using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;

namespace QuikApp.Host.Configuration;

/// <summary>Where the journal lives.</summary>
internal sealed class StorageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Storage";

    /// <summary>The kind of database.</summary>
    /// <value><c>sqlite</c></value>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>How to reach it; a relative <c>Data Source</c> starts at the content root, which is the working directory.</summary>
    /// <value><c>Data Source=data/quikapp.db</c></value>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/quikapp.db";

    /// <summary>The full path of the SQLite file.</summary>
    /// <param name="contentRoot">Where a relative path starts.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read; a validated one can.</exception>
    public string SqliteFile(string contentRoot) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource, contentRoot);

    /// <summary>The directory of the SQLite file, where a node also keeps what it makes for itself.</summary>
    /// <param name="contentRoot">Where a relative path starts.</param>
    public string DirectoryOf(string contentRoot) => Path.GetDirectoryName(SqliteFile(contentRoot))!;
}
