using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace QuikApp.Tests.Postgres;

/// <summary>
/// A real PostgreSQL on the loopback address in a directory of its own, with <c>fsync</c> on. It ends with the test's
/// process, however that ends.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser's password; the server lives on the loopback address for as long as a test.</summary>
    public const string Password = "canary-superuser";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> One = new(() => Task.Run(() => StartAsync()));

    // The shell waits at its input, which closes when this process ends. Root cannot run PostgreSQL.
    private const string Supervise = "\"$@\" </dev/null & p=$!; echo $p; read _; kill -QUIT $p 2>/dev/null; wait $p";

    private readonly string _directory;
    private readonly string[] _settings;
    private Process? _shell;
    private int _processId;
    private static int _databases;

    private PostgresServer(string directory, int port, string[] settings)
    {
        _directory = directory;
        Port = port;
        _settings = settings;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The server that the tests of a process share, each on a database of its own.</summary>
    public static Task<PostgresServer> Shared()
    {
        PostgresPrograms.PathOf("postgres");
        return One.Value;
    }

    /// <summary>Starts a server for one test.</summary>
    /// <param name="settings">More settings, <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var initdb = PostgresPrograms.PathOf("initdb");
        var directory = Path.Combine(Path.GetTempPath(), $"quikapp-pg-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        var passwords = Path.Combine(directory, "password");
        await File.WriteAllTextAsync(passwords, Password);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "-R", "postgres", directory);
        // Its default collation is no byte order, so that a column that needs one must say so.
        await RunAsync([.. Unprivileged(), initdb, "-D", Path.Combine(directory, "data"), "-U", "postgres", "-E", "UTF8", "--no-sync", "--data-checksums", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "-A", "scram-sha-256", $"--pwfile={passwords}"]);
        var server = new PostgresServer(directory, FreePort(), settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>A connection string to one of its databases.</summary>
    public string ConnectionString(string database, string user = "postgres", string password = Password) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Database = database, Username = user, Password = password, SslMode = SslMode.Disable }.ConnectionString;

    /// <summary>Makes an empty database and returns the superuser's connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs a statement on a connection of its own; its first value.</summary>
    public static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends all its processes at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("-QUIT", [_processId]);
        await StopShellAsync();
    }

    /// <summary>Freezes all its processes: connections stay, nothing answers.</summary>
    public async Task PauseAsync() => await SignalAsync("-STOP", await ProcessesAsync());

    /// <summary>Undoes <see cref="PauseAsync"/>.</summary>
    public async Task ResumeAsync() => await SignalAsync("-CONT", await ProcessesAsync());

    /// <summary>Starts it on its data, at its port.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "-c", Supervise, "sh", .. Unprivileged(), PostgresPrograms.PathOf("postgres"), "-D", Path.Combine(_directory, "data"),
            "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=300", .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _shell = Process.Start(start)!;
        _processId = int.Parse((await _shell.StandardOutput.ReadLineAsync().WaitAsync(Patience))!, CultureInfo.InvariantCulture);
        // Nobody reads its log unless the start fails, and a full pipe would stop it.
        var log = new Queue<string>();
        _shell.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                log.Enqueue(line.Data ?? "");
                if (log.Count > 100)
                    log.Dequeue();
            }
        };
        _shell.BeginErrorReadLine();
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                await ExecuteAsync(ConnectionString("postgres"), "SELECT 1");
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException { SqlState: "28P01" })
            {
                if (DateTime.UtcNow > until || _shell.HasExited)
                    throw new InvalidOperationException($"PostgreSQL does not start: {e.Message}\n{string.Join('\n', log)}", e);
                await Task.Delay(50);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopShellAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StopShellAsync()
    {
        if (_shell is null)
            return;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync().WaitAsync(Patience);
        _shell.Dispose();
        _shell = null;
    }

    private async Task<int[]> ProcessesAsync()
    {
        var children = await File.ReadAllTextAsync($"/proc/{_processId}/task/{_processId}/children");
        return [_processId, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    private static async Task SignalAsync(string signal, IEnumerable<int> processes) =>
        await RunAsync(["kill", signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);

    private static string[] Unprivileged() =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {errors}{await output}");
    }
}
