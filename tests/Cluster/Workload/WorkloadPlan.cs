namespace QuikApp.Cluster.Workload;

/// <summary>How much is done, by how many, where. The same seed makes the same choices.</summary>
internal sealed record WorkloadPlan
{
    /// <summary>The hot room.</summary>
    public const string Hot = "hot";

    /// <summary>How long a push may wait for its answer: the server's bound of 5 s, and what a busy machine takes for it.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(6);

    /// <summary>The seed of all choices.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Clients: a user, a task and a socket each.</summary>
    public int Clients { get; init; } = 32;

    /// <summary>Rooms beside the hot one, chosen by Zipf's law.</summary>
    public int Rooms { get; init; } = 20;

    /// <summary>Rooms of those that a client is in.</summary>
    public int RoomsPerClient { get; init; } = 4;

    /// <summary>The longest pause between two operations of a client; half of it on average.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Letters that each message has beside its id: what fills disks and queues.</summary>
    public int Padding { get; init; }

    /// <summary>The public channels that the server must make.</summary>
    public IReadOnlyList<string> Channels => [Hot, Canary.Room, .. Enumerable.Range(0, Rooms).Select(Room)];

    /// <summary>The name of the n-th room.</summary>
    public static string Room(int n) => $"room-{n}";

    /// <summary>The name of the n-th user.</summary>
    public static string User(int n) => $"user-{n}";
}
