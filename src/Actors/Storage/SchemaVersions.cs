using System.Data;

namespace QuikApp.Actors.Storage;

/// <summary>
/// Brings a component's tables to the version this program knows, one statement after the other, in one transaction. Tables
/// of a newer program are left as they are, and used where that one said so.
/// </summary>
internal static class SchemaVersions
{
    private const string CreateVersions =
        "CREATE TABLE IF NOT EXISTS schema_version (component VARCHAR(64) NOT NULL PRIMARY KEY, version BIGINT NOT NULL)";

    private const string CreateCompatibility =
        "CREATE TABLE IF NOT EXISTS schema_compatibility (component VARCHAR(64) NOT NULL PRIMARY KEY, usable_from BIGINT NOT NULL)";

    private const string FindVersion = "SELECT version FROM schema_version WHERE component = @p0";
    private const string FindCompatibility = "SELECT usable_from FROM schema_compatibility WHERE component = @p0";

    private const string SetVersion = """
        INSERT INTO schema_version (component, version) VALUES (@p0, @p1)
        ON CONFLICT (component) DO UPDATE SET version = excluded.version
        """;

    private const string SetCompatibility = """
        INSERT INTO schema_compatibility (component, usable_from) VALUES (@p0, @p1)
        ON CONFLICT (component) DO UPDATE SET usable_from = excluded.usable_from
        """;

    /// <summary>Applies the steps that the database has not seen; step n makes version n + 1.</summary>
    /// <exception cref="StorageRefusedException">A newer program has been here whose tables this one cannot use.</exception>
    public static void Migrate(PreparedConnection connection, ComponentSchema schema)
    {
        connection.Begin();
        try
        {
            connection.Prepare(CreateVersions).Execute();
            connection.Prepare(CreateCompatibility).Execute();
            var found = Number(connection, FindVersion, schema) ?? 0;
            if (found > schema.Steps.Count)
            {
                RequireUsable(schema, found, Number(connection, FindCompatibility, schema));
                return;
            }

            for (var i = (int)found; i < schema.Steps.Count; i++)
                connection.Prepare(schema.Steps[i]).Execute();
            if (found < schema.Steps.Count)
                Set(connection, SetVersion, schema, schema.Steps.Count);
            if (Number(connection, FindCompatibility, schema) != schema.UsableFrom)
                Set(connection, SetCompatibility, schema, schema.UsableFrom);
            connection.Commit();
        }
        finally
        {
            connection.Rollback();
        }
    }

    /// <summary>Accepts tables of a newer program where that one said that this one can use them.</summary>
    /// <param name="schema">What this program knows.</param>
    /// <param name="found">The version of the tables, beyond that.</param>
    /// <param name="usableFrom">What the newer program said; null when it said nothing.</param>
    /// <exception cref="StorageRefusedException">It cannot.</exception>
    public static void RequireUsable(ComponentSchema schema, long found, long? usableFrom)
    {
        if (usableFrom is null || usableFrom > schema.Steps.Count)
        {
            throw new StorageRefusedException(
                $"the tables of '{schema.Component}' have version {found}, this program knows {schema.Steps.Count}: start the newer program, or restore the older data");
        }
    }

    private static long? Number(PreparedConnection connection, string sql, ComponentSchema schema) =>
        (long?)connection.Prepare(sql, DbType.String).Bind(0, schema.Component).Scalar();

    private static void Set(PreparedConnection connection, string sql, ComponentSchema schema, long value) =>
        connection.Prepare(sql, DbType.String, DbType.Int64).Bind(0, schema.Component).Bind(1, value).Execute();
}
