using System.Text.Json;
using QuikApp.Bench.Load;
using QuikApp.Bench.Peers;

namespace QuikApp.Bench.Scenarios;

/// <summary>Measures one case: a fresh server and a fresh load client for each peer and round, the peers taking turns.</summary>
internal sealed class CaseRunner(BenchOptions options)
{
    // Opening thousands of sockets, draining and filling a backlog are bounded in the client; this bounds the client itself.
    private static readonly TimeSpan SlackLimit = TimeSpan.FromSeconds(180);

    /// <summary>Runs all rounds.</summary>
    public async Task<CaseResult> RunAsync(BenchCase benchCase, CancellationToken cancel)
    {
        var peers = options.ChosenPeers().Where(peer => peer.IsDurable || !benchCase.NeedsDurability).ToList();
        var result = new CaseResult(benchCase, peers);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var peer in peers)
            {
                await Console.Error.WriteLineAsync($"{benchCase.Title}: {peer.Name}, round {round + 1} of {options.Rounds}");
                var measurement = await MeasureAsync(benchCase, peer, cancel);
                if (measurement.Problem is { } problem)
                {
                    await Console.Error.WriteLineAsync($"  INVALID: {problem}");
                    measurement = Measurement.Invalid(WithoutPaths(problem));
                }

                result.Add(peer, measurement);
            }
        }

        return result;
    }

    /// <summary>The problem as the report may show it: it quotes a server's last words, and those may name directories.</summary>
    private static string WithoutPaths(string problem) => problem
        .Replace(AppContext.BaseDirectory, "", StringComparison.Ordinal)
        .Replace(Path.GetTempPath(), "", StringComparison.Ordinal)
        .Replace(Environment.CurrentDirectory, ".", StringComparison.Ordinal);

    private async Task<Measurement> MeasureAsync(BenchCase benchCase, IPeer peer, CancellationToken cancel)
    {
        try
        {
            var channels = benchCase.ChannelNames();
            await using var server = await peer.StartAsync(new PeerRequest(channels, benchCase.Sockets, options.Host), cancel);
            var plan = new LoadPlan
            {
                Peer = peer.Name,
                Url = server.Url,
                ServerProcessId = server.Process.Id,
                SigningKey = server.SigningKey,
                Mode = benchCase.Mode,
                Channels = channels,
                MembersPerChannel = benchCase.Members,
                MessagesPerSecond = benchCase.MessagesPerSecond,
                TextBytes = options.Text,
                WarmupSeconds = options.Warmup,
                MeasureSeconds = options.Seconds,
                Outstanding = options.Outstanding,
                Backlog = options.Messages,
            };
            await using var client = ChildProcess.StartVerb("client");
            await client.SayAsync(JsonSerializer.Serialize(plan));
            var limit = TimeSpan.FromSeconds(options.Warmup + (2 * options.Seconds)) + SlackLimit;
            var line = await client.HearAsync("{", limit, cancel);
            return JsonSerializer.Deserialize<Measurement>(line) ?? Measurement.Invalid("the load client said nothing");
        }
        catch (PeerFailedException failure)
        {
            return Measurement.Invalid(failure.Message);
        }
    }
}
