using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>A report: how soon somebody is out whose access was taken back on another node. Trials as for <see cref="OutageTests"/>.</summary>
[Trait("Storage", "PostgreSQL")]
[Trait("Category", "Report")]
public sealed class RemovalTests(ITestOutputHelper output) : Cell(output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public Task RemovedMember_Outage() => ReportAsync("a member is removed on another node: the topic is closed", async (http, channel, user, socket, closed) =>
    {
        using var answer = await http.DeleteAsync(new Uri($"/api/v1/channels/{channel}/members/{user}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await closed.WaitAsync(Patience);
        Assert.False(socket.Closed.IsCompleted);
    });

    [SkippableFact]
    public Task RevokedUser_Outage() => ReportAsync("a user is revoked on another node: the socket is closed", async (http, _, user, socket, _) =>
    {
        using var answer = await http.PostAsync(new Uri($"/api/v1/users/{user}/revoke", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("4401", await socket.Closed.WaitAsync(Patience));
    });

    private async Task ReportAsync(string what, Func<HttpClient, string, string, PhoenixSocket, Task, Task> takeBack)
    {
        var trials = OutageTests.Trials();
        await using var deployment = await PostgresDeployment.StartAsync([]);
        var spans = new List<TimeSpan>();
        for (var n = 0; n < trials; n++)
        {
            var (node, other) = (deployment.Nodes[n % deployment.Nodes.Count], deployment.Nodes[(n + 1) % deployment.Nodes.Count]);
            using var http = new HttpClient { BaseAddress = other.Url };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", deployment.Tokens.For("root", "admin"));
            spans.Add(await TrialAsync(deployment, node, http, n, takeBack));
        }

        Say($"{what}, {trials} trials: {OutageTests.Spread(spans)}");
    }

    // A private channel of its own, so that what is removed is known to nobody before.
    private static async Task<TimeSpan> TrialAsync(
        PostgresDeployment deployment, ServerNode node, HttpClient http, int number, Func<HttpClient, string, string, PhoenixSocket, Task, Task> takeBack)
    {
        var user = string.Create(CultureInfo.InvariantCulture, $"leaver-{number}");
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = 0;
        using var socket = (await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For(user), frame =>
        {
            if (frame.Event == "phx_close")
                closed.TrySetResult();
            else if (closed.Task.IsCompleted && frame.Event == "message:new")
                heard++;
        })).Listen();
        var channel = await CreateAsync(http, user);
        await Until.TrueAsync(
            async () => (await socket.PushAsync($"channel:{channel}", "phx_join", new { }, Patience)).IsOk, Patience, () => $"{user} joins");

        var from = MonotonicClock.Now;
        await takeBack(http, channel, user, socket, closed.Task);
        var span = TimeSpan.FromSeconds(MonotonicClock.Seconds(MonotonicClock.Now - from));

        using var sent = await http.PostAsJsonAsync(
            new Uri($"/api/v1/channels/{channel}/messages", UriKind.Relative), new Dictionary<string, string> { ["content"] = "not for them" });
        sent.EnsureSuccessStatusCode();
        Assert.Equal(0, heard);
        return span;
    }

    private static async Task<string> CreateAsync(HttpClient http, string user)
    {
        using var made = await http.PostAsJsonAsync(
            new Uri($"/api/v1/workspaces/{TokenMint.Workspace}/channels", UriKind.Relative),
            new Dictionary<string, string> { ["visibility"] = "private", ["name"] = user });
        made.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        var channel = json.RootElement.GetProperty("id").GetString()!;
        using var added = await http.PutAsync(new Uri($"/api/v1/channels/{channel}/members/{user}", UriKind.Relative), content: null);
        added.EnsureSuccessStatusCode();
        return channel;
    }
}
