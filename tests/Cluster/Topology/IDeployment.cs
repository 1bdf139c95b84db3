using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Topology;

/// <summary>What is under test: one node on SQLite, or several on PostgreSQL. Cells know no more of it than this.</summary>
internal interface IDeployment : IAsyncDisposable
{
    /// <summary>Its nodes.</summary>
    IReadOnlyList<ServerNode> Nodes { get; }

    /// <summary>Signs tokens that all nodes take.</summary>
    TokenMint Tokens { get; }

    /// <summary>The kind, for reports.</summary>
    string Kind { get; }

    /// <summary>The machines and what is between them; null where the node is in the machine's own network.</summary>
    NetworkNamespaces? Network { get; }

    /// <summary>The file system of the database alone; null where it is on the machine's.</summary>
    LoopVolume? Volume { get; }

    /// <summary>A folder of the run: histories, logs.</summary>
    string Folder { get; }

    /// <summary>All rows of the journal.</summary>
    IEnumerable<(string Stream, long Seq, byte[] Record)> Rows();

    /// <summary>Changes the database behind the servers' back; none may be running.</summary>
    /// <param name="sql">A statement with parameters like <c>@name</c>.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>How many rows were changed.</returns>
    int Execute(string sql, params (string Name, object Value)[] values);

    /// <summary>Checks all streams with the product's own verification, and lists all rows.</summary>
    Task<(JournalVerification Verification, IReadOnlyList<StoredRow> Rows)> VerifyAsync();
}
