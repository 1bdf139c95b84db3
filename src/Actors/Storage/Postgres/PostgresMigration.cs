using System.Data;
using Npgsql;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>Brings the tables up to date, or tells why they cannot be used as they are.</summary>
internal static class PostgresMigration
{
    /// <summary>One migration at a time in a database; any fixed number serves.</summary>
    private const long Lock = 0x7175696b617070;

    private static readonly Part Journal = new(PostgresSchema.Name, PostgresSchema.Component, PostgresSchema.Steps, PostgresSchema.Grants);
    private static readonly Part Keys = new(PostgresKeySchema.Name, PostgresKeySchema.Component, PostgresKeySchema.Steps, PostgresKeySchema.Grants);

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
        using var connection = new PreparedConnection(PostgresConnections.Patient(connectionString, part.Schema));
        connection.Connection.Open();
        PostgresSettings.RequireVersion((NpgsqlConnection)connection.Connection);
        // It ends with the connection, however that ends.
        connection.Prepare("SELECT pg_advisory_lock(@p0)", DbType.Int64).Bind(0, Lock).Execute();
        // "IF NOT EXISTS" would ask for a right that the owner of an existing schema need not have.
        if (connection.Prepare("SELECT to_regnamespace(@p0) IS NULL", DbType.String).Bind(0, part.Schema).Scalar() is true)
            connection.Prepare($"CREATE SCHEMA {part.Schema}").Execute();
        SchemaVersions.Migrate(connection, part.Component, part.Steps);
        connection.Prepare(part.Grants).Execute();
    });

    private static bool IsNeeded(string connectionString, Part part)
    {
        var needed = false;
        PostgresErrors.Translate(() =>
        {
            using var connection = PostgresConnections.Patient(connectionString, part.Schema);
            connection.Open();
            needed = Find(connection, part) is not { } version || version < part.Steps.Count;
        });
        return needed;
    }

    private static void Verify(NpgsqlConnection connection, Part part)
    {
        var found = Find(connection, part);
        if (found is null)
            throw new StorageRefusedException($"the database has no tables of '{part.Component}' in the schema {part.Schema}: run the verb migrate with the owner's role");
        if (found < part.Steps.Count)
            throw new StorageRefusedException($"the tables of '{part.Component}' have version {found}, this program needs {part.Steps.Count}: run the verb migrate with the owner's role");
        if (found > part.Steps.Count)
            throw new StorageRefusedException($"the tables of '{part.Component}' have version {found}, this program knows {part.Steps.Count}: start the newer program, or restore the older data");
    }

    private static long? Find(NpgsqlConnection connection, Part part)
    {
        using var command = connection.CreateCommand();
        // The table may be missing, which the first question finds out without an error.
        command.CommandText = "SELECT to_regclass(@table) IS NOT NULL";
        command.Parameters.AddWithValue("table", $"{part.Schema}.schema_version");
        if (command.ExecuteScalar() is not true)
            return null;

        command.CommandText = "SELECT version FROM schema_version WHERE component = @component";
        command.Parameters.Clear();
        command.Parameters.AddWithValue("component", part.Component);
        return command.ExecuteScalar() as long?;
    }

    private sealed record Part(string Schema, string Component, IReadOnlyList<string> Steps, string Grants);
}
