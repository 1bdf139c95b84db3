namespace QuikApp.Cluster.History;

/// <summary>What the harness saw beside the clients' histories. What a cell does not look at stays empty.</summary>
internal sealed record Observations
{
    /// <summary>When the fault was there.</summary>
    public required FaultWindow Fault { get; init; }

    /// <summary>Who was online on each node after the run had settled.</summary>
    public IReadOnlyList<PresencePoll> Presence { get; init; } = [];

    /// <summary>What the product's own verification says of the rows of the database, and how many rows it saw.</summary>
    public JournalVerification? Verification { get; init; }

    /// <summary>Rows of the database, for what only they can tell: a number given twice.</summary>
    public IReadOnlyList<StoredRow> Rows { get; init; } = [];

    /// <summary>Nodes that must not acknowledge anything in a time: cut off from the majority, or woken after the others went on.</summary>
    public IReadOnlyList<SilentNode> MustBeSilent { get; init; } = [];

    /// <summary>Nodes that must answer in time, whatever the answer is.</summary>
    public IReadOnlyList<AnsweringNode> MustAnswer { get; init; } = [];

    /// <summary>Whether every push must come to a good end when it is repeated.</summary>
    public bool MustFinish { get; init; }

    /// <summary>How the bystander fared.</summary>
    public CanaryReport? Canary { get; init; }

    /// <summary>Typing as others saw it.</summary>
    public IReadOnlyList<TypingSpan> Typing { get; init; } = [];

    /// <summary>Members of the rooms that have such; any other room is open to all.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Members { get; init; } = new Dictionary<string, IReadOnlySet<string>>();

    /// <summary>Sizes before the fault and after the run.</summary>
    public IReadOnlyList<ResourceUse> Resources { get; init; } = [];

    /// <summary>Planted secrets that were found in logs, each with its place.</summary>
    public IReadOnlyList<string> Leaks { get; init; } = [];
}

/// <summary>The time of a fault and what it did.</summary>
/// <param name="WarmUp">When the load began.</param>
/// <param name="From">When the fault began.</param>
/// <param name="To">When it was healed.</param>
/// <param name="Effects">Effects that were observed: sockets that ended, pushes that went unanswered, joins that were refused.</param>
internal sealed record FaultWindow(long WarmUp, long From, long To, int Effects);

/// <summary>Who a node said is online, and who was.</summary>
internal sealed record PresencePoll(string Node, IReadOnlySet<string> Listed, IReadOnlySet<string> Live);

/// <summary>The product's verification of all streams.</summary>
/// <param name="Records">Records that were checked.</param>
/// <param name="Heads">The last number of each stream.</param>
/// <param name="Violations">What it found, one line each.</param>
internal sealed record JournalVerification(long Records, IReadOnlyDictionary<string, long> Heads, IReadOnlyList<string> Violations);

/// <summary>A row of the journal's table.</summary>
internal sealed record StoredRow(string Room, long Seq);

/// <summary>A node that must not acknowledge anything between two times.</summary>
internal sealed record SilentNode(string Node, long From, long To);

/// <summary>A node that must answer every push that begins between two times within a time.</summary>
internal sealed record AnsweringNode(string Node, long From, long To, TimeSpan Within);

/// <summary>The bystander's requests.</summary>
internal sealed record CanaryReport(int Requests, int Errors, TimeSpan MedianLatency, TimeSpan P99Latency);

/// <summary>Typing as another client saw it.</summary>
/// <param name="Room">The topic.</param>
/// <param name="User">Who typed.</param>
/// <param name="Start">The last start.</param>
/// <param name="End">When it stopped; null: never.</param>
internal sealed record TypingSpan(string Room, string User, long Start, long? End);

/// <summary>A number that must come back to where it was.</summary>
/// <param name="Node">The node.</param>
/// <param name="What">For example file descriptors.</param>
/// <param name="Before">Before the fault.</param>
/// <param name="After">After the run.</param>
/// <param name="Slack">What it may have grown by.</param>
internal sealed record ResourceUse(string Node, string What, long Before, long After, long Slack);
