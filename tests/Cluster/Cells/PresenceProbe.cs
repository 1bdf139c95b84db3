using System.Net.Http.Headers;
using System.Text.Json;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Cells;

/// <summary>Asks nodes over HTTP who is online.</summary>
internal static class PresenceProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);
    private const string Observer = "observer";

    /// <summary>What every node lists, as soon as all list who is there, or after the time that they have for it.</summary>
    public static async Task<IReadOnlyList<PresencePoll>> SettledAsync(IDeployment deployment, IReadOnlySet<string> live)
    {
        IReadOnlyList<PresencePoll> polls = [];
        await Until.TryAsync(
            async () =>
            {
                polls = await Task.WhenAll(deployment.Nodes.Where(n => n.IsRunning).Select(async node => new PresencePoll(node.Name, await ListedAsync(deployment, node), live)));
                return polls.All(poll => poll.Listed.SetEquals(live));
            },
            Patience);
        return polls;
    }

    /// <summary>Who a node lists.</summary>
    public static async Task<IReadOnlySet<string>> ListedAsync(IDeployment deployment, ServerNode node)
    {
        using var http = new HttpClient { BaseAddress = node.Url, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", deployment.Tokens.For(Observer));
        using var answer = await http.GetAsync(new Uri($"/api/v1/workspaces/{TokenMint.Workspace}/presence?limit=100", UriKind.Relative));
        if (!answer.IsSuccessStatusCode)
            return new HashSet<string> { $"({(int)answer.StatusCode})" };
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("userId").GetString()!).ToHashSet();
    }
}
