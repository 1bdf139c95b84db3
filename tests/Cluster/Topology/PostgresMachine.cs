using System.Diagnostics;

namespace QuikApp.Cluster.Topology;

/// <summary>A real PostgreSQL in a network namespace of its own, with <c>fsync</c> on. Only that network reaches it.</summary>
internal sealed class PostgresMachine : IAsyncDisposable
{
    /// <summary>The machine's name among the namespaces.</summary>
    public const string Name = "db";

    /// <summary>Where it listens.</summary>
    public const int Port = 5432;

    private const string DatabaseName = "quikapp";
    private const string Account = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespaces _network;
    private readonly string _folder;
    private Process? _process;

    private PostgresMachine(NetworkNamespaces network, string folder) => (_network, _folder) = (network, folder);

    /// <summary>Programs that it needs beside those of the network.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["runuser", "chown", "cp", "sync", Path.Combine(Folder() ?? "/missing/postgresql", "initdb")];

    /// <summary>The file system of its data; null where that is the machine's.</summary>
    public LoopVolume? Volume { get; private set; }

    /// <summary>Where its archive is, should it keep one.</summary>
    public string Archive => Path.Combine(_folder, "wal");

    private string Data => Path.Combine(Volume?.Folder ?? _folder, "data");

    private string Host => _network.AddressOf(Name).ToString();

    /// <summary>Makes a database with the product's roles.</summary>
    /// <param name="network">Where it is reached.</param>
    /// <param name="rolesFile">The statements that make the roles.</param>
    /// <param name="megabytes">The size of a file system of its own for its data; null: the machine's.</param>
    public static async Task<PostgresMachine> CreateAsync(NetworkNamespaces network, string rolesFile, int? megabytes = null)
    {
        // Below the temporary files and not in the run's folder, which only its owner enters.
        var machine = new PostgresMachine(network, Directory.CreateTempSubdirectory("quikapp-pg-").FullName);
        try
        {
            if (megabytes is { } size)
                machine.Volume = await LoopVolume.CreateAsync(machine._folder, size);
            Directory.CreateDirectory(machine.Archive);
            await Tool.RunAsync("chown", Account, machine._folder, machine.Archive, machine.Volume?.Folder ?? machine._folder);
            await Tool.RunAsync("runuser", "-u", Account, "--", Program("initdb"), "-D", machine.Data, "-U", Account, "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-sync", "-A", "trust");
            await File.AppendAllTextAsync(Path.Combine(machine.Data, "pg_hba.conf"), "host all all 10.0.0.0/8 trust\nhost replication all 10.0.0.0/8 trust\n");
            // What it never touches again must be on the disk too, should the power go.
            if (machine.Volume is { } volume)
                await Tool.RunAsync("sync", "-f", volume.Folder);
            await machine.StartAsync();
            await machine.SqlAsync("postgres", $"CREATE DATABASE {DatabaseName}");
            await Tool.RunAsync(Program("psql"), "-h", machine.Host, "-U", Account, "-d", DatabaseName, "-q", "-v", "ON_ERROR_STOP=1", "-f", rolesFile);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where PostgreSQL's programs are; Debian keeps them beside the search path.</summary>
    public static string? Folder() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(path => Path.Combine(path, "bin")).LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    /// <summary>A connection string for a role.</summary>
    public string ConnectionString(string role) => $"Host={Host};Port={Port};Database={DatabaseName};Username={role};SSL Mode=Disable";

    /// <summary>Runs a statement as superuser; the rows as text, fields apart by a bar.</summary>
    public Task<string> SqlAsync(string sql) => SqlAsync(DatabaseName, sql);

    /// <summary>Goes on to the next file of its log, and has it made.</summary>
    public async Task StartLogFileAsync()
    {
        await SqlAsync("SELECT pg_switch_wal()");
        await SqlAsync("CHECKPOINT");
    }

    /// <summary>Goes on to the next file of its log, if it can.</summary>
    public Task TryUseLogAsync() => Tool.TryAsync(Program("psql"), ["-h", Host, "-U", Account, "-d", DatabaseName, "-c", "SELECT pg_switch_wal()"]);

    /// <summary>Waits until what was written so far is in the archive.</summary>
    public async Task ArchivedAsync()
    {
        var file = await SqlAsync("SELECT pg_walfile_name(pg_switch_wal())");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(Archive, file))), Patience, () => $"{file} is archived");
    }

    /// <summary>Starts it, and waits until it can be written.</summary>
    public async Task StartAsync()
    {
        IReadOnlyList<string> command =
        [
            .. NetworkNamespaces.Into(_network.NamespaceOf(Name)), Tool.Find("runuser")!, "-u", Account, "--", Program("postgres"), "-D", Data, "-p", $"{Port}",
            "-c", "listen_addresses=*", "-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "logging_collector=on",
        ];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
        };
        _process = Process.Start(start)!;
        await Until.TrueAsync(
            async () => (await Tool.TryAsync(Program("psql"), ["-h", Host, "-U", Account, "-d", "postgres", "-c", "CREATE TEMPORARY TABLE probe ()"])).ExitCode == 0,
            Patience,
            () => "PostgreSQL answers");
    }

    /// <summary>Where clients of it find it, in the settings of its own programs.</summary>
    public string Address => Host;

    /// <summary>Whether its first process is there.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Forgets the product's database.</summary>
    public Task DropAsync() => SqlAsync("postgres", $"DROP DATABASE {DatabaseName} WITH (FORCE)");

    /// <summary>Starts on another data directory, which is now its own.</summary>
    public async Task StartOnAsync(string data)
    {
        Directory.Delete(Data, recursive: true);
        await Tool.RunAsync("cp", "-a", data, Data);
        await Tool.RunAsync("chown", "-R", Account, Data);
        await StartAsync();
    }

    /// <summary>Ends all its processes at once; what was committed is recovered by the next start.</summary>
    public async Task StopImmediatelyAsync()
    {
        await Tool.RunAsync("runuser", "-u", Account, "--", Program("pg_ctl"), "stop", "-D", Data, "-m", "immediate", "-w");
        await _process!.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>The power of its machine goes: what it had not synchronised is lost, and all its processes end.</summary>
    public async Task CutPowerAsync()
    {
        // Not the one that started the others: it takes note of their end, or the next start would find the first one's number taken.
        var first = _process!.Id;
        await Task.WhenAll((await _network.ProgramsAsync(Name, butNot: first)).Select(Signal.FreezeAsync));
        await Volume!.CutPowerAsync();
        foreach (var program in await _network.ProgramsAsync(Name, butNot: first))
            Signal.TrySend(program, Signal.Kill);
        // runuser stops itself when what it started is stopped.
        Signal.TrySend(first, Signal.Continue);
        await _process!.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>The power is back.</summary>
    public async Task RestorePowerAsync()
    {
        await Volume!.RestorePowerAsync();
        await StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await Tool.TryAsync("runuser", ["-u", Account, "--", Program("pg_ctl"), "stop", "-D", Data, "-m", "immediate", "-w"]);
        _process?.Dispose();
        if (Volume is not null)
            await Volume.DisposeAsync();
        // A folder that is still a mount point stays, rather than that anything of it is deleted.
        if (!File.ReadAllText("/proc/mounts").Contains(_folder, StringComparison.Ordinal))
            Directory.Delete(_folder, recursive: true);
    }

    private static string Program(string name) =>
        Path.Combine(Folder() ?? throw new InvalidOperationException("PostgreSQL is not installed"), name);

    private Task<string> SqlAsync(string database, string sql) =>
        Tool.RunAsync(Program("psql"), "-h", Host, "-U", Account, "-d", database, "-At", "-v", "ON_ERROR_STOP=1", "-c", sql);
}
