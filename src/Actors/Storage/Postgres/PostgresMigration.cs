using System.Data;
using Npgsql;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>Brings the tables up to date, or tells why they cannot be used as they are.</summary>
internal static class PostgresMigration
{
    /// <summary>One migration at a time in a database; any fixed number serves.</summary>
    private const long Lock = 0x7175696b617070;

    private static readonly (string Table, string Sql) Versions = ("schema_version", "SELECT version FROM schema_version WHERE component = @component");
    private static readonly (string Table, string Sql) Compatibility = ("schema_compatibility", "SELECT usable_from FROM schema_compatibility WHERE component = @component");

    private static readonly Part Journal = new(PostgresSchema.Name, PostgresSchema.Schema, PostgresSchema.Grants);
    private static readonly Part Keys = new(PostgresKeySchema.Name, PostgresKeySchema.Schema, PostgresKeySchema.Grants);

    /// <summary>Makes or changes what is missing, as the role that the connection strings name. Many may do it at once.</summary>
    /// <exception cref="StorageRefusedException">A newer program has been here, or the role may not do it.</exception>
    /// <exception cref="StorageAwayException">The database cannot be reached.</exception>
    public static void Run(PostgresOptions options)
    {
        Run(options.ConnectionString, Journal);
        Run(options.KeysConnectionString ?? options.ConnectionString, Keys);
    }

    /// <summary>Whether tables are missing or older than this program.</summary>
    /// <exception cref="StorageRefusedException">The role may not look.</exception>
    /// <exception cref="StorageAwayException">The database cannot be reached.</exception>
    public static bool IsNeeded(PostgresOptions options) =>
        IsNeeded(options.ConnectionString, Journal) || IsNeeded(options.KeysConnectionString ?? options.ConnectionString, Keys);

    /// <summary>Checks that the journal's tables are those of this program.</summary>
    /// <exception cref="StorageRefusedException">They are missing, older or newer.</exception>
    public static void VerifyJournal(NpgsqlConnection connection) => Verify(connection, Journal);

    /// <summary>Checks that the keys' tables are those of this program.</summary>
    /// <exception cref="StorageRefusedException">They are missing, older or newer.</exception>
    public static void VerifyKeys(NpgsqlConnection connection) => Verify(connection, Keys);

    private static void Run(string connectionString, Part part) => PostgresErrors.Translate(() =>
    {
        using var connection = new PreparedConnection(PostgresConnections.Patient(connectionString, part.Name));
        connection.Connection.Open();
        PostgresSettings.RequireVersion((NpgsqlConnection)connection.Connection);
        // It ends with the connection, however that ends.
        connection.Prepare("SELECT pg_advisory_lock(@p0)", DbType.Int64).Bind(0, Lock).Execute();
        // "IF NOT EXISTS" would ask for a right that the owner of an existing schema need not have.
        if (connection.Prepare("SELECT to_regnamespace(@p0) IS NULL", DbType.String).Bind(0, part.Name).Scalar() is true)
            connection.Prepare($"CREATE SCHEMA {part.Name}").Execute();
        SchemaVersions.Migrate(connection, part.Schema);
        connection.Prepare(part.Grants).Execute();
    });

    private static bool IsNeeded(string connectionString, Part part)
    {
        var needed = false;
        PostgresErrors.Translate(() =>
        {
            using var connection = PostgresConnections.Patient(connectionString, part.Name);
            connection.Open();
            needed = Find(connection, part, Versions) is not { } version || version < part.Schema.Steps.Count;
        });
        return needed;
    }

    private static void Verify(NpgsqlConnection connection, Part part)
    {
        var schema = part.Schema;
        if (Find(connection, part, Versions) is not { } found)
            throw new StorageRefusedException($"the database has no tables of '{schema.Component}' in the schema {part.Name}: run the verb migrate with the owner's role");
        if (found < schema.Steps.Count)
            throw new StorageRefusedException($"the tables of '{schema.Component}' have version {found}, this program needs {schema.Steps.Count}: run the verb migrate with the owner's role");
        if (found > schema.Steps.Count)
            SchemaVersions.RequireUsable(schema, found, Find(connection, part, Compatibility));
    }

    private static long? Find(NpgsqlConnection connection, Part part, (string Table, string Sql) number)
    {
        using var command = connection.CreateCommand();
        // The table may be missing, which the first question finds out without an error.
        command.CommandText = "SELECT to_regclass(@table) IS NOT NULL";
        command.Parameters.AddWithValue("table", $"{part.Name}.{number.Table}");
        if (command.ExecuteScalar() is not true)
            return null;

#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = number.Sql;
#pragma warning restore CA2100
        command.Parameters.Clear();
        command.Parameters.AddWithValue("component", part.Schema.Component);
        return command.ExecuteScalar() as long?;
    }

    private sealed record Part(string Name, ComponentSchema Schema, string Grants);
}
