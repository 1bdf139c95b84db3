using System.Collections.Concurrent;
using System.Diagnostics;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Storm;

/// <summary>Thousands of users, each with a socket in one of many channels: tasks of one process, without a thread each.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int MembersPerChannel = 100;
    private const int ConnectAtOnce = 64;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _violations = [];
    private readonly List<Task> _running = [];

    private Crowd(IDeployment deployment, int size) => Members =
        [.. Enumerable.Range(0, size).Select(n => new CrowdMember(n, deployment.Tokens.For($"crowd-{n}"), $"channel:{Channel(n / MembersPerChannel)}", deployment.Nodes, _violations.Enqueue))];

    /// <summary>All of them.</summary>
    public IReadOnlyList<CrowdMember> Members { get; }

    /// <summary>What they got that they should not have got.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>How many hear their topic.</summary>
    public int Live => Members.Count(member => member.IsLive);

    /// <summary>The channels that so many users need.</summary>
    public static IReadOnlyList<string> Channels(int size) =>
        [.. Enumerable.Range(0, (size + MembersPerChannel - 1) / MembersPerChannel).Select(Channel)];

    /// <summary>Connects everybody to one node, and returns when all are in their channels.</summary>
    public static async Task<Crowd> OpenAsync(IDeployment deployment, ServerNode node, int size)
    {
        var crowd = new Crowd(deployment, size);
        try
        {
            await crowd.OpenAsync(node);
            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    /// <summary>How long after a moment each of them was live again, the quickest first.</summary>
    public IReadOnlyList<TimeSpan> LiveAfter(long moment) =>
        [.. Members.Where(member => member.IsLive && member.LiveSince > moment).Select(member => Stopwatch.GetElapsedTime(moment, member.LiveSince)).Order()];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        _stopping.Dispose();
    }

    private static string Channel(int n) => $"crowd-{n}";

    private async Task OpenAsync(ServerNode node)
    {
        _running.Add(Task.Run(BeatAsync));
        var start = Stopwatch.GetTimestamp();
        for (var n = 0; n < Members.Count; n++)
        {
            // A crowd that is there has come by and by; only its return is a storm.
            var begun = n;
            if (n % ConnectAtOnce == 0)
                await AllLiveAsync(() => Members.Take(begun), OpenLimit - Stopwatch.GetElapsedTime(start));
            var member = Members[n];
            _running.Add(Task.Run(() => member.RunAsync(node, _stopping.Token)));
        }

        await AllLiveAsync(() => Members, OpenLimit - Stopwatch.GetElapsedTime(start));
    }

    private static Task AllLiveAsync(Func<IEnumerable<CrowdMember>> members, TimeSpan limit) => Until.TrueAsync(
        () => Task.FromResult(members().All(member => member.IsLive)),
        limit,
        () => $"{members().Count(member => !member.IsLive)} of {members().Count()} are in their channels");

    private async Task BeatAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(Beat, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var member in Members)
                await member.BeatAsync();
        }
    }
}
