using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;
using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Topology;

/// <summary>Several nodes on one PostgreSQL, each on a machine of its own.</summary>
internal sealed class PostgresDeployment : IDeployment
{
    /// <summary>Where its nodes talk to each other.</summary>
    public const int ClusterPort = 5001;

    private const int HttpPort = 4000;
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(60);

    private PostgresDeployment(string folder, NetworkNamespaces network, PostgresMachine database, TokenMint tokens, IReadOnlyList<ServerNode> nodes) =>
        (Folder, Network, Database, Tokens, Nodes) = (folder, network, database, tokens, nodes);

    /// <inheritdoc/>
    public IReadOnlyList<ServerNode> Nodes { get; }

    /// <inheritdoc/>
    public TokenMint Tokens { get; }

    /// <inheritdoc/>
    public string Kind => $"postgresql, {Nodes.Count} nodes";

    /// <inheritdoc/>
    public string Folder { get; }

    /// <summary>The machines and what is between them.</summary>
    public NetworkNamespaces Network { get; }

    /// <inheritdoc/>
    NetworkNamespaces? IDeployment.Network => Network;

    /// <summary>The database.</summary>
    public PostgresMachine Database { get; }

    /// <inheritdoc/>
    public LoopVolume? Volume => Database.Volume;

    /// <summary>Starts a database and nodes. The first node is the oldest.</summary>
    /// <param name="channels">The public channels that they make.</param>
    /// <param name="more">Settings beside those of every cell.</param>
    /// <param name="program">The build that they run; null: the one beside the tests.</param>
    /// <param name="nodes">How many.</param>
    /// <param name="megabytes">The size of a file system of its own for the database; null: the machine's.</param>
    public static async Task<PostgresDeployment> StartAsync(
        IReadOnlyList<string> channels, IReadOnlyDictionary<string, string>? more = null, string? program = null, int nodes = 3, int? megabytes = null)
    {
        Tool.RequireRootAnd([.. NetworkNamespaces.Tools, .. PostgresMachine.Tools]);
        var names = Enumerable.Range(1, nodes).Select(n => $"n{n}").ToList();
        var folder = Directory.CreateTempSubdirectory("quikapp-cell-").FullName;
        NetworkNamespaces? network = null;
        PostgresMachine? database = null;
        PostgresDeployment? deployment = null;
        try
        {
            network = await NetworkNamespaces.CreateAsync([.. names, PostgresMachine.Name]);
            database = await PostgresMachine.CreateAsync(network, Path.Combine(AppContext.BaseDirectory, "roles.sql"), megabytes);
            var tokens = new TokenMint();
            var shared = DeploymentSettings.Shared(tokens, channels);
            shared["Storage:Provider"] = "postgresql";
            // Plain HTTP and plain Akka on addresses that are no loopback are for development.
            shared["Environment"] = "Development";
            foreach (var (key, value) in more ?? new Dictionary<string, string>())
                shared[key] = value;
            for (var n = 0; n < names.Count; n++)
                shared[$"Cluster:SeedNodes:{n.ToString(CultureInfo.InvariantCulture)}"] = $"{network.AddressOf(names[n])}:{ClusterPort}";
            await Migration.RunAsync(
                new Dictionary<string, string>(shared) { ["Storage:ConnectionString"] = database.ConnectionString("quikapp_owner") }, folder, program ?? ServerNode.Current);
            shared["Storage:ConnectionString"] = database.ConnectionString("quikapp_app");
            deployment = new PostgresDeployment(folder, network, database, tokens, [.. names.Select(name => Node(name, folder, network, shared))]);
            foreach (var node in deployment.Nodes)
                node.Program = program ?? ServerNode.Current;
            await deployment.Nodes[0].StartAsync();
            await Task.WhenAll(deployment.Nodes.Skip(1).Select(node => node.StartAsync()));
            await deployment.WholeAsync(deployment.Nodes[0]);
            return deployment;
        }
        catch
        {
            if (deployment is not null)
            {
                await deployment.DisposeAsync();
            }
            else
            {
                if (database is not null)
                    await database.DisposeAsync();
                if (network is not null)
                    await network.DisposeAsync();
                Directory.Delete(folder, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Brings the schema to that of a build; nodes may run meanwhile.</summary>
    public Task MigrateAsync(string program) => Migration.RunAsync(
        new Dictionary<string, string>(Nodes[0].Plan.Settings) { ["Storage:ConnectionString"] = Database.ConnectionString("quikapp_owner") }, Folder, program);

    /// <summary>Waits until a node sees all nodes up and reachable.</summary>
    public Task WholeAsync(ServerNode node) => Until.TrueAsync(
        async () => (await MembersAsync(node)).Count(member => member is { Status: "Up", IsReachable: true }) == Nodes.Count,
        JoinLimit,
        () => $"{node.Name} sees {Nodes.Count} nodes up");

    /// <summary>The version of the build that a node runs.</summary>
    public async Task<string> VersionAsync(ServerNode node)
    {
        using var json = await ClusterAsync(node);
        return json.RootElement.GetProperty("version").GetString()!;
    }

    /// <summary>Who a node thinks is in the cluster.</summary>
    public async Task<IReadOnlyList<(string Address, string Status, bool IsReachable)>> MembersAsync(ServerNode node)
    {
        try
        {
            using var json = await ClusterAsync(node);
            return [.. json.RootElement.GetProperty("members").EnumerateArray().Select(member => (
                member.GetProperty("address").GetString()!, member.GetProperty("status").GetString()!, member.GetProperty("reachable").GetBoolean()))];
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return [];
        }
    }

    /// <summary>How many processes may write the journal no more, because the others put them out.</summary>
    public async Task<int> FencedAsync() =>
        int.Parse(await Database.SqlAsync("SELECT count(*) FROM quikapp.fenced_writer"), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public Task<(JournalVerification Verification, IReadOnlyList<StoredRow> Rows)> VerifyAsync() =>
        Task.FromResult(ChainVerification.Of(Rows()));

    /// <inheritdoc/>
    public IEnumerable<(string Stream, long Seq, byte[] Record)> Rows()
    {
        using var connection = Open();
        using var command = new NpgsqlCommand("SELECT persistence_id, sequence_number, message FROM journal ORDER BY persistence_id, sequence_number, ordering", connection);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return (rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2));
    }

    /// <inheritdoc/>
    public int Execute(string sql, params (string Name, object Value)[] values)
    {
        using var connection = Open();
#pragma warning disable CA2100 // The tests' own text.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await Database.DisposeAsync();
        await Network.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection($"{Database.ConnectionString("postgres")};Search Path=quikapp;Pooling=false");
        connection.Open();
        return connection;
    }

    private async Task<JsonDocument> ClusterAsync(ServerNode node)
    {
        using var http = new HttpClient { BaseAddress = node.Url, Timeout = TimeSpan.FromSeconds(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For("root", "admin"));
        return JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/cluster", UriKind.Relative)));
    }

    private static ServerNode Node(string name, string folder, NetworkNamespaces network, Dictionary<string, string> shared)
    {
        var address = network.AddressOf(name).ToString();
        var settings = new Dictionary<string, string>(shared)
        {
            ["Cluster:Hostname"] = address,
            ["Cluster:Port"] = ClusterPort.ToString(CultureInfo.InvariantCulture),
        };
        var home = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        return new ServerNode(new NodePlan(name, new Uri($"http://{address}:{HttpPort}"), home, Path.Combine(folder, $"{name}.log"), settings, network.NamespaceOf(name)));
    }
}
