namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>Where the SQLite databases live and how much may wait for them.</summary>
internal sealed record SqliteOptions
{
    /// <summary>The directory of the databases; made with mode 0700 if it is missing. One process at a time uses it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The journal, its snapshots and its indexes.</summary>
    public string JournalFile { get; init; } = "journal.db";

    /// <summary>The keys, apart from what they open.</summary>
    public string KeyFile { get; init; } = "keys.db";

    /// <summary>How long a statement waits for another connection's write lock. <value>10 s</value></summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Writes that may wait for the journal's writer; one more fails at once. <value>10,000</value></summary>
    public int WriteQueueLength { get; init; } = 10_000;

    /// <summary>Record bytes that may wait for the journal's writer. <value>64 MiB</value></summary>
    public long WriteQueueBytes { get; init; } = 64L << 20;

    /// <summary>Events after which a transaction closes. <value>1,000</value> It bounds how long the first write of a batch waits for the last.</summary>
    public int MaxBatchRows { get; init; } = 1_000;

    /// <summary>Threads that read the journal for history and lookups. <value>2</value></summary>
    public int ReaderThreads { get; init; } = 2;

    /// <summary>Reads that may wait; one more fails at once. <value>10,000</value></summary>
    public int ReadQueueLength { get; init; } = 10_000;
}
