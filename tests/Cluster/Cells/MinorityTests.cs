using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>
/// A report and no test of times: for how long a node that is cut from the others, and not from the database, still
/// acknowledges, and how long it lets a push wait. <c>QUIKAPP_OUTAGE_TRIALS</c> says how many trials.
/// </summary>
[Trait("Storage", "PostgreSQL")]
[Trait("Category", "Report")]
public sealed class MinorityTests(ITestOutputHelper output) : Cell(output)
{
    private const int Channels = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task CutOff_Outage()
    {
        var trials = OutageTests.Trials();
        var channels = Enumerable.Range(0, Channels).Select(n => $"minority-{n}").ToList();
        await using var deployment = await PostgresDeployment.StartAsync(channels);
        var (promised, waited) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var trial = 0; trial < trials; trial++)
        {
            var alone = deployment.Nodes[trial % deployment.Nodes.Count];
            using var stopping = new CancellationTokenSource(Patience);
            var pushes = channels.Select((channel, n) => PushesAsync(deployment, alone, channel, $"minority-user-{n}", stopping.Token)).ToList();
            await Task.Delay(2 * Pace, stopping.Token);
            var cut = MonotonicClock.Now;
            foreach (var other in deployment.Nodes.Where(node => node != alone))
                await deployment.Network.CutAsync(alone.Name, other.Name);
            var answered = (await Task.WhenAll(pushes)).SelectMany(answers => answers).Where(push => push.Answered > cut).ToList();
            Assert.Contains(answered, push => !push.IsOk);
            promised.Add(Span(cut, answered.Where(push => push.IsOk).Select(push => push.Answered).DefaultIfEmpty(cut).Max()));
            waited.Add(answered.Max(push => Span(push.Sent, push.Answered)));
            await deployment.Network.HealAsync();
            Assert.NotEqual(0, await alone.EndedAsync());
            await alone.StartAsync();
            await deployment.WholeAsync(alone);
            Say($"cut off, trial {trial + 1} of {alone.Name}: last acknowledged after {promised[^1].TotalSeconds:F2} s, longest answer {waited[^1].TotalSeconds:F2} s");
        }

        Say($"cut off, {trials} trials, last acknowledgement after the cut: {OutageTests.Spread(promised)}");
        Say($"cut off, {trials} trials, longest answer of a trial: {OutageTests.Spread(waited)}");
    }

    private static TimeSpan Span(long from, long to) => TimeSpan.FromSeconds(MonotonicClock.Seconds(to - from));

    // Until the node ends the connection.
    private static async Task<IReadOnlyList<Push>> PushesAsync(PostgresDeployment deployment, ServerNode node, string channel, string user, CancellationToken cancel)
    {
        var topic = $"channel:{channel}";
        var pushes = new List<Push>();
        using var socket = (await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For(user), _ => { })).Listen();
        Assert.True((await socket.PushAsync(topic, "phx_join", new { }, Patience)).IsOk);
        try
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                var next = Task.Delay(Pace, cancel);
                var sent = MonotonicClock.Now;
                var reply = await socket.PushAsync(topic, "message:send", new { content = "still there?" }, Patience);
                pushes.Add(new Push(sent, MonotonicClock.Now, reply.IsOk));
                await next;
            }
        }
        catch (ConnectionGoneException)
        {
            return pushes;
        }
    }

    private sealed record Push(long Sent, long Answered, bool IsOk);
}
