using System.Data;

namespace QuikApp.Actors.Storage;

/// <summary>
/// Brings a component's tables to the version this program knows, one statement after the other, in one transaction.
/// </summary>
internal static class SchemaVersions
{
    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS schema_version (component VARCHAR(64) NOT NULL PRIMARY KEY, version BIGINT NOT NULL)";

    /// <summary>Applies the steps of <paramref name="steps"/> that the database has not seen; step n makes version n + 1.</summary>
    /// <exception cref="StorageRefusedException">A newer program has been here.</exception>
    public static void Migrate(PreparedConnection connection, string component, IReadOnlyList<string> steps)
    {
        connection.Begin();
        connection.Prepare(CreateTable).Execute();
        var found = connection.Prepare("SELECT version FROM schema_version WHERE component = @p0", DbType.String).Bind(0, component).Scalar();
        var version = found is null ? 0 : (long)found;
        if (version > steps.Count)
        {
            connection.Rollback();
            throw new StorageRefusedException(
                $"the tables of '{component}' have version {version}, this program knows {steps.Count}: start the newer program, or restore the older data");
        }
        for (var i = (int)version; i < steps.Count; i++)
            connection.Prepare(steps[i]).Execute();
        if (found is null)
            connection.Prepare("INSERT INTO schema_version (component, version) VALUES (@p0, @p1)", DbType.String, DbType.Int64).Bind(0, component).Bind(1, (long)steps.Count).Execute();
        else if (version < steps.Count)
            connection.Prepare("UPDATE schema_version SET version = @p0 WHERE component = @p1", DbType.Int64, DbType.String).Bind(0, (long)steps.Count).Bind(1, component).Execute();
        connection.Commit();
    }
}
