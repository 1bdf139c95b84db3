using System.Globalization;
using Npgsql;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>Connections to one schema: a bounded pool, and a limit to every wait.</summary>
internal static class PostgresConnections
{
    /// <summary>Enough for every statement of ours and of Akka.Persistence.Sql.</summary>
    private const int PreparedStatements = 100;

    /// <summary>A frozen client must not hold a row that others wait for.</summary>
    private static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(10);

    /// <summary>The pool that a node serves from.</summary>
    public static NpgsqlDataSource Pool(string connectionString, string schema, int size, PostgresOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            ApplicationName = "quikapp",
            MaxPoolSize = size,
            MinPoolSize = 0,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            Timeout = Seconds(options.ConnectTimeout),
            CommandTimeout = Seconds(options.StatementTimeout) + 1,
            CancellationTimeout = 500,
            Enlist = false,
            PersistSecurityInfo = false,
            Pooling = true,
            Multiplexing = false,
            IncludeErrorDetail = false,
        };
        builder.Options = string.Create(
            CultureInfo.InvariantCulture,
            $"{builder.Options} -c statement_timeout={Milliseconds(options.StatementTimeout)} -c lock_timeout={Milliseconds(options.LockTimeout)} -c idle_in_transaction_session_timeout={Milliseconds(IdleInTransaction)} -c jit=off").Trim();
        return NpgsqlDataSource.Create(builder);
    }

    /// <summary>A single connection that may take its time: for changes of the schema.</summary>
    public static NpgsqlConnection Patient(string connectionString, string schema) => new(
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            ApplicationName = "quikapp-migrate",
            Pooling = false,
            CommandTimeout = 0,
            Enlist = false,
        }.ConnectionString);

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
