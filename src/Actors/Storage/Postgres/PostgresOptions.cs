namespace QuikApp.Actors.Storage.Postgres;

/// <summary>How PostgreSQL is reached, and how much may wait for it.</summary>
internal sealed record PostgresOptions
{
    /// <summary>The database of journal and read model, its password included.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The database of the keys, its password included; the same one if nothing is said.</summary>
    public string? KeysConnectionString { get; init; }

    /// <summary>Connections of this node to the journal's database. <value>20</value></summary>
    public int PoolSize { get; init; } = 20;

    /// <summary>How long a connection may take to open, or to become free. <value>3 s</value></summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After which the server gives a statement up; the client waits a second longer. <value>3 s</value></summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a statement waits for another transaction. <value>2 s</value></summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Writes that may wait for the journal's writer; one more fails at once. <value>10,000</value></summary>
    public int WriteQueueLength { get; init; } = 10_000;

    /// <summary>Record bytes that may wait for the journal's writer. <value>64 MiB</value></summary>
    public long WriteQueueBytes { get; init; } = 64L << 20;

    /// <summary>Events after which a transaction closes. <value>1,000</value></summary>
    public int MaxBatchRows { get; init; } = 1_000;

    /// <summary>Threads, with a connection each, that read the journal for history and lookups. <value>6</value></summary>
    public int ReaderThreads { get; init; } = 6;

    /// <summary>Threads, with a connection each, that ask the key store. <value>2</value></summary>
    public int KeyThreads { get; init; } = 2;

    /// <summary>Reads that may wait; one more fails at once. <value>10,000</value></summary>
    public int ReadQueueLength { get; init; } = 10_000;
}
