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

    /// <summary>A folder of the run: histories, logs.</summary>
    string Folder { get; }

    /// <summary>Checks all streams with the product's own verification, and lists all rows.</summary>
    Task<(JournalVerification Verification, IReadOnlyList<StoredRow> Rows)> VerifyAsync();
}
