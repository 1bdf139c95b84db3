namespace QuikApp.Cluster.History;

/// <summary>All that is known of a run: what the checker judges.</summary>
/// <param name="Lines">The clients' histories, each client's lines in its own order.</param>
/// <param name="Journal">The journal, read back through the product after the run: every room from its first number on.</param>
/// <param name="Seen">What was looked at beside the clients.</param>
internal sealed record Run(IReadOnlyList<HistoryLine> Lines, IReadOnlyList<JournalEntry> Journal, Observations Seen);
