using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>Refuses a database that would lose what was acknowledged, or be reached in the open.</summary>
internal sealed class StorageOptionsValidator(IHostEnvironment environment) : IValidateOptions<StorageOptions>
{
    // SQLite's locks and its write-ahead log need shared memory between the processes of one machine.
    private static readonly string[] NetworkFileSystems = ["nfs", "nfs4", "cifs", "smb", "smb2", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.glusterfs"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var failures = (options.Provider == StorageProvider.Postgresql
            ? PostgresConnectionRules.Problems(options, environment.IsDevelopment())
            : SqliteProblems(options)).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> SqliteProblems(StorageOptions options)
    {
        if (SqliteProblem(options) is { } problem)
            yield return $"Storage:ConnectionString: {problem}";
        if (!string.IsNullOrEmpty(options.KeysConnectionString))
            yield return "Storage:KeysConnectionString: is for PostgreSQL, and Storage:Provider is sqlite, whose keys lie in keys.db beside the journal; leave it out.";
        if (!string.IsNullOrEmpty(options.Password))
            yield return "Storage:Password: is for PostgreSQL, and Storage:Provider is sqlite, which has none; leave it out.";
    }

    private string? SqliteProblem(StorageOptions options)
    {
        if (string.IsNullOrEmpty(options.ConnectionString))
            return null;

        SqliteConnectionStringBuilder parts;
        try
        {
            parts = new SqliteConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return "is not a connection string of SQLite; write Data Source=data/quikapp.db.";
        }

        if (parts.DataSource.Length == 0)
            return "names no file; write Data Source=data/quikapp.db.";

        if (parts.Password.Length > 0)
            return "has a password, and this build's SQLite cannot encrypt; remove it and use an encrypted disk.";

        if (parts.Mode == SqliteOpenMode.Memory || parts.DataSource.Contains(":memory:", StringComparison.OrdinalIgnoreCase) || parts.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return "must name a plain file: what was acknowledged must outlive the process.";

        if (parts.Mode == SqliteOpenMode.ReadOnly)
            return "opens the journal read-only; remove Mode.";

        return FileProblem(options.SqliteFile(environment.ContentRootPath));
    }

    private static string? FileProblem(string path)
    {
        if (Directory.Exists(path))
            return $"names the directory {ConfigurationProblem.Quote(path)}; name a file in it.";

        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
                return $"needs the directory {ConfigurationProblem.Quote(parent)}, which is a file.";

            if (Directory.Exists(parent))
                return OnNetwork(parent) ? $"is on the network file system of {ConfigurationProblem.Quote(parent)}, where SQLite's locks do not hold; use a local disk." : null;
        }

        return null;
    }

    private static bool OnNetwork(string directory)
    {
        try
        {
            return NetworkFileSystems.Contains(new DriveInfo(directory).DriveFormat, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system without a name is no network share that we know.
            return false;
        }
    }
}
