using QuikApp.Bench.Load;
using QuikApp.Bench.Reporting;

namespace QuikApp.Bench.Scenarios;

/// <summary>One thing to measure: a table of the report, a row for each peer.</summary>
/// <param name="Title">The heading of the table.</param>
/// <param name="Mode">What the load client does.</param>
/// <param name="Channels">How many channels there are.</param>
/// <param name="Members">How many sockets join each.</param>
/// <param name="Figures">The columns.</param>
internal sealed record BenchCase(string Title, LoadMode Mode, int Channels, int Members, IReadOnlyList<Figure> Figures)
{
    /// <summary>Messages a second over all channels, or null for a closed loop.</summary>
    public int? MessagesPerSecond { get; init; }

    /// <summary>Whether only peers that store messages can run it.</summary>
    public bool NeedsDurability => Mode is LoadMode.Journal or LoadMode.Resume;

    /// <summary>How many sockets will be open.</summary>
    public int Sockets => Channels * Members;

    /// <summary>The names of the channels.</summary>
    public IReadOnlyList<string> ChannelNames() => [.. Enumerable.Range(0, Channels).Select(index => $"bench-c{index}")];
}
