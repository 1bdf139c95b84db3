using Microsoft.Data.Sqlite;
using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Topology;

/// <summary>One node on an SQLite file, in this machine's network or in one of its own.</summary>
internal sealed class SqliteDeployment : IDeployment
{
    /// <summary>The node's name.</summary>
    public const string Node = "n1";

    private const int Port = 4000;

    private SqliteDeployment(string folder, ServerNode node, TokenMint tokens, string database, NetworkNamespaces? network, LoopVolume? volume)
    {
        Folder = folder;
        Nodes = [node];
        Tokens = tokens;
        Database = database;
        Network = network;
        Volume = volume;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ServerNode> Nodes { get; }

    /// <inheritdoc/>
    public TokenMint Tokens { get; }

    /// <inheritdoc/>
    public string Kind => "sqlite";

    /// <inheritdoc/>
    public string Folder { get; }

    /// <summary>The one node.</summary>
    public ServerNode Server => Nodes[0];

    /// <summary>The journal's file.</summary>
    public string Database { get; }

    /// <inheritdoc/>
    public NetworkNamespaces? Network { get; }

    /// <inheritdoc/>
    public LoopVolume? Volume { get; }

    /// <summary>Starts the node and waits until it is ready.</summary>
    /// <param name="channels">The public channels that it makes.</param>
    /// <param name="more">Settings beside the usual.</param>
    /// <param name="ownNetwork">Whether the node gets a network namespace.</param>
    /// <param name="megabytes">The size of a file system of its own for its data; null: the machine's.</param>
    public static async Task<SqliteDeployment> StartAsync(
        IReadOnlyList<string> channels,
        IReadOnlyDictionary<string, string>? more = null,
        bool ownNetwork = false,
        int? megabytes = null)
    {
        var folder = Directory.CreateTempSubdirectory("quikapp-cell-").FullName;
        NetworkNamespaces? network = null;
        LoopVolume? volume = null;
        SqliteDeployment? deployment = null;
        try
        {
            network = ownNetwork ? await NetworkNamespaces.CreateAsync(Node) : null;
            volume = megabytes is { } size ? await LoopVolume.CreateAsync(folder, size) : null;
            var database = Path.Combine(volume?.Folder ?? folder, "data", "quikapp.db");
            var tokens = new TokenMint();
            var settings = DeploymentSettings.Shared(tokens, channels);
            settings["Storage:Provider"] = "sqlite";
            settings["Storage:ConnectionString"] = $"Data Source={database}";
            // Anywhere else than on a loopback address, plain HTTP is for development.
            if (network is not null)
                settings["Environment"] = "Development";
            foreach (var (key, value) in more ?? new Dictionary<string, string>())
                settings[key] = value;
            var url = network is null ? new Uri($"http://127.0.0.1:{FreePort.Next()}") : new Uri($"http://{network.AddressOf(Node)}:{Port}");
            var node = new ServerNode(new NodePlan(Node, url, folder, Path.Combine(folder, "n1.log"), settings, network?.NamespaceOf(Node)));
            deployment = new SqliteDeployment(folder, node, tokens, database, network, volume);
            await node.StartAsync();
            return deployment;
        }
        catch
        {
            if (deployment is not null)
                await deployment.DisposeAsync();
            else
                await CleanAsync(folder, network, volume);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<(JournalVerification Verification, IReadOnlyList<StoredRow> Rows)> VerifyAsync() =>
        Task.FromResult(ChainVerification.Of(Rows()));

    /// <inheritdoc/>
    public int Execute(string sql, params (string Name, object Value)[] values)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public IEnumerable<(string Stream, long Seq, byte[] Record)> Rows()
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT persistence_id, sequence_number, message FROM journal ORDER BY persistence_id, sequence_number, ordering";
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return (rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await CleanAsync(Folder, Network, Volume);
    }

    private static async Task CleanAsync(string folder, IAsyncDisposable? network, IAsyncDisposable? volume)
    {
        if (volume is not null)
            await volume.DisposeAsync();
        if (network is not null)
            await network.DisposeAsync();
        // A folder that is still a mount point stays, rather than that anything of it is deleted.
        if (!File.ReadAllText("/proc/mounts").Contains(folder, StringComparison.Ordinal))
            Directory.Delete(folder, recursive: true);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
