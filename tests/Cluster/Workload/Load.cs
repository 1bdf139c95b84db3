using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>All clients of a run.</summary>
internal sealed class Load : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    private Load(IReadOnlyList<ChatClient> clients, IReadOnlyDictionary<string, IReadOnlySet<string>> members)
    {
        Clients = clients;
        Members = members;
    }

    /// <summary>The clients.</summary>
    public IReadOnlyList<ChatClient> Clients { get; }

    /// <summary>Who is in the direct rooms.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Members { get; }

    /// <summary>Pushes that were acknowledged so far.</summary>
    public int Acked => Clients.Sum(client => client.Acked);

    /// <summary>Pushes that were answered <c>unavailable</c> so far.</summary>
    public int Unavailable => Clients.Sum(client => client.Unavailable);

    /// <summary>Connects everybody, makes the direct rooms, and begins.</summary>
    public static async Task<Load> StartAsync(IDeployment deployment, WorkloadPlan plan)
    {
        var folder = Directory.CreateDirectory(Path.Combine(deployment.Folder, "histories")).FullName;
        var random = new Random(plan.Seed);
        var clients = Enumerable.Range(0, plan.Clients).Select(n => new ChatClient(
            WorkloadPlan.User(n), deployment.Tokens.For(WorkloadPlan.User(n)), deployment.Nodes, plan, n, folder)).ToList();
        foreach (var client in clients)
        {
            client.Topics.Add($"channel:{WorkloadPlan.Hot}");
            foreach (var room in OperationMix.Zipf(random, plan.Rooms, plan.RoomsPerClient))
                client.Topics.Add($"channel:{WorkloadPlan.Room(room)}");
        }

        // Members of a workspace are known from when they are first seen, so they come before their rooms.
        await Task.WhenAll(clients.Select(client => client.ConnectedAsync())).WaitAsync(Patience);
        var members = new Dictionary<string, IReadOnlySet<string>>();
        for (var n = 0; n + 1 < clients.Count; n += 2)
        {
            var (one, other) = (clients[n], clients[n + 1]);
            var room = await DirectRoomAsync(deployment, one.User, other.User);
            members[room] = new HashSet<string> { one.User, other.User };
            one.Topics.Add(room);
            other.Topics.Add(room);
        }

        var load = new Load(clients, members);
        load._running = Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(load._stopping.Token))));
        return load;
    }

    /// <summary>Rings the other in a client's direct room, on a connection of its own so that the client's task goes on.</summary>
    /// <returns>The call.</returns>
    public async Task<string?> RingAsync(IDeployment deployment, ChatClient caller)
    {
        var room = Members.First(room => room.Value.Contains(caller.User)).Key;
        using var socket = await PhoenixSocket.ConnectAsync(deployment.Nodes[0].Url, deployment.Tokens.For(caller.User), _ => { });
        socket.Listen();
        await socket.PushAsync(room, "phx_join", new { }, Patience);
        return (await socket.PushAsync(room, "call:start", new { type = "audio" }, Patience)).Text("callId");
    }

    /// <summary>Lets everybody finish what they are at, reconnect once more and resume.</summary>
    public async Task SettleAsync(TimeSpan limit)
    {
        await _stopping.CancelAsync();
        try
        {
            await _running.WaitAsync(limit);
            await Task.WhenAll(Clients.Select(client => client.SettleAsync())).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            foreach (var client in Clients)
                client.GiveUp();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _stopping.Cancel();
        foreach (var client in Clients)
            client.GiveUp();
        try
        {
            _running.Wait(Patience);
        }
        catch (AggregateException)
        {
            // Reported by who waited for it.
        }

        foreach (var client in Clients)
            client.Dispose();
        _stopping.Dispose();
    }

    private static async Task<string> DirectRoomAsync(IDeployment deployment, string one, string other)
    {
        using var http = new HttpClient { BaseAddress = deployment.Nodes[0].Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", deployment.Tokens.For(one));
        string? room = null;
        var said = "";
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await http.PostAsJsonAsync(
                    new Uri($"/api/v1/workspaces/{TokenMint.Workspace}/channels", UriKind.Relative), new Dictionary<string, string> { ["visibility"] = "direct", ["with"] = other });
                said = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode)
                    return false;
                using var json = JsonDocument.Parse(said);
                room = $"channel:{json.RootElement.GetProperty("id").GetString()}";
                return true;
            },
            Patience,
            () => $"{one} has a direct room with {other}: {said}");
        return room!;
    }
}
