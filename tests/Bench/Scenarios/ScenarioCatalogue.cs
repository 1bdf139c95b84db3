using System.Globalization;
using QuikApp.Bench.Load;
using QuikApp.Bench.Reporting;

namespace QuikApp.Bench.Scenarios;

/// <summary>What can be measured.</summary>
internal static class ScenarioCatalogue
{
    private const string All = "all";
    private const int FanoutSockets = 1_000;
    private const int FanoutRate = 20;
    private const int RoomsRate = 2_000;
    private const int IdleSockets = 5_000;
    private const int IdleMembers = 100;

    private static readonly Dictionary<string, Func<BenchOptions, IReadOnlyList<BenchCase>>> Scenarios = new(StringComparer.Ordinal)
    {
        ["fanout"] = Fanout,
        ["rooms"] = Rooms,
        ["idle"] = Idle,
        ["journal"] = Journal,
        ["resume"] = Resume,
    };

    /// <summary>The names of the scenarios; <c>all</c> is every other in turn.</summary>
    public static IEnumerable<string> Names => Scenarios.Keys.Append(All);

    /// <summary>Whether there is a scenario of this name.</summary>
    public static bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>The cases of a scenario.</summary>
    public static IReadOnlyList<BenchCase> Cases(string name, BenchOptions options) =>
        name == All ? [.. Scenarios.Values.SelectMany(cases => cases(options))] : Scenarios[name](options);

    private static IReadOnlyList<BenchCase> Fanout(BenchOptions options)
    {
        var sockets = options.Sockets ?? FanoutSockets;
        return ClosedAndPaced($"fanout: 1 channel × {Count(sockets)} sockets, one sender, {options.Text}-byte text", 1, sockets, options.Rate ?? FanoutRate);
    }

    private static IReadOnlyList<BenchCase> Rooms(BenchOptions options) =>
        ClosedAndPaced(
            $"rooms: {Count(options.Channels)} channels × {Count(options.Members)} members, one sender each, {options.Text}-byte text",
            options.Channels,
            options.Members,
            options.Rate ?? RoomsRate);

    private static IReadOnlyList<BenchCase> ClosedAndPaced(string title, int channels, int members, int rate)
    {
        var closed = new BenchCase($"{title}, closed loop", LoadMode.Deliveries, channels, members, Figure.OfDeliveries);
        return [closed, closed with { Title = $"{title}, {Count(rate)} messages/s", MessagesPerSecond = rate }];
    }

    private static IReadOnlyList<BenchCase> Idle(BenchOptions options)
    {
        var sockets = options.Sockets ?? IdleSockets;
        var members = Math.Min(IdleMembers, sockets);
        var channels = sockets / members;
        return [new BenchCase($"idle: {Count(channels * members)} joined sockets, {Count(channels)} channels", LoadMode.Idle, channels, members, Figure.OfIdle)];
    }

    private static IReadOnlyList<BenchCase> Journal(BenchOptions options) =>
    [
        .. new[] { 1, 100, options.Channels }
            .Where(channels => channels <= options.Channels)
            .Distinct()
            .Select(channels => new BenchCase(
                $"journal: durable sends over {Count(channels)} {(channels == 1 ? "channel" : "channels")}, {options.Text}-byte text, {Count(Math.Max(1, options.Outstanding / channels))} under way in each",
                LoadMode.Journal,
                channels,
                Members: 1,
                Figure.OfJournal)),
    ];

    private static IReadOnlyList<BenchCase> Resume(BenchOptions options) =>
        [new BenchCase($"resume: {Count(options.Messages)} missed messages to one joining client, {options.Text}-byte text", LoadMode.Resume, Channels: 1, Members: 1, Figure.OfResume)];

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
