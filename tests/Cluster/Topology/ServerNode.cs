using System.Diagnostics;
using System.Net;

namespace QuikApp.Cluster.Topology;

/// <summary>A node as an operator runs it: a process of its own, which can be killed, frozen and started again on what it left.</summary>
internal sealed class ServerNode(NodePlan plan) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    private Process? _process;
    private StreamWriter? _log;
    private Task _drained = Task.CompletedTask;

    /// <summary>How it is started.</summary>
    public NodePlan Plan => plan;

    /// <summary>Its name.</summary>
    public string Name => plan.Name;

    /// <summary>Where clients reach it.</summary>
    public Uri Url => plan.Url;

    /// <summary>Whether it runs, frozen or not.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The number of its process.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException($"{plan.Name} was never started");

    /// <summary>What it wrote since its first start.</summary>
    public string Log => File.Exists(plan.LogFile) ? ReadShared(plan.LogFile) : "";

    /// <summary>The build beside the tests.</summary>
    public static string Current { get; } = Path.Combine(AppContext.BaseDirectory, "QuikApp.Host.dll");

    /// <summary>The build that its next start runs.</summary>
    public string Program { get; set; } = Current;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        await LaunchAsync();
        await ReadyAsync();
    }

    /// <summary>Starts the process alone.</summary>
    public async Task LaunchAsync()
    {
        await CloseLogAsync();
        _process?.Dispose();
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Tool.Find("dotnet") ?? "dotnet";
        string[] command = [dotnet, Program, "--urls", plan.Url.GetLeftPart(UriPartial.Authority)];
        if (plan.NetworkNamespace is { } name)
            command = [.. NetworkNamespaces.Into(name), .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = plan.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var foreign in start.Environment.Keys.Where(IsAboutServers).ToList())
            start.Environment.Remove(foreign);
        foreach (var (key, value) in plan.Settings)
            start.Environment[$"QUIKAPP_{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;

        var log = _log = new StreamWriter(new FileStream(plan.LogFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{plan.Name} could not be started");
        _process.StandardInput.Close();
        AppDomain.CurrentDomain.ProcessExit -= OnTestsEnd;
        AppDomain.CurrentDomain.ProcessExit += OnTestsEnd;
        var writing = new Lock();
        _drained = Task.WhenAll(DrainAsync(_process.StandardOutput, log, writing), DrainAsync(_process.StandardError, log, writing));
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        await Until.TrueAsync(
            async () =>
            {
                if (!IsRunning)
                    throw new InvalidOperationException($"{plan.Name} ended with {_process!.ExitCode} while it started:\n{Log}");
                return await IsReadyAsync();
            },
            StartLimit,
            () => $"{plan.Name} is ready:\n{Log}");
    }

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var answer = await http.GetAsync(new Uri(plan.Url, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception early) when (early is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (IsRunning)
            Signal.Send(ProcessId, Signal.Kill);
        await EndedAsync();
    }

    /// <summary>SIGTERM, and waits until it is gone.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync()
    {
        Signal.Send(ProcessId, Signal.Term);
        return EndedAsync();
    }

    /// <summary>SIGSTOP, and waits until every thread is held: it hears and says nothing.</summary>
    public Task FreezeAsync() => Signal.FreezeAsync(ProcessId);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal.Send(ProcessId, Signal.Continue);

    /// <summary>Waits until the process is gone.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(StopLimit);
        await CloseLogAsync();
        return _process.ExitCode;
    }

    /// <summary>Its open files and its threads.</summary>
    public (int Files, int Threads) Size()
    {
        _process!.Refresh();
        return (Directory.EnumerateFileSystemEntries($"/proc/{ProcessId}/fd").Count(), _process.Threads.Count);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnTestsEnd;
        await KillAsync();
        _process.Dispose();
    }

    private static bool IsAboutServers(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("QUIKAPP_", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static async Task DrainAsync(StreamReader output, StreamWriter log, Lock writing)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (writing)
                log.WriteLine(line);
        }
    }

    private async Task CloseLogAsync()
    {
        await _drained;
        _drained = Task.CompletedTask;
        if (_log is { } log)
            await log.DisposeAsync();
        _log = null;
    }

    private void OnTestsEnd(object? sender, EventArgs e)
    {
        if (IsRunning)
            _process!.Kill(entireProcessTree: true);
    }
}
