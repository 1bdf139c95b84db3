using System.Diagnostics;

namespace QuikApp.Bench.Peers;

/// <summary>
/// A process of the bench's own. It ends when this object is disposed, and also when the bench is killed: the bench's
/// own verbs watch their standard input, and any other program gets a guard (<see cref="ProcessGuard"/>) that does.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 12;
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Threading.Channels.Channel<string> _output = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private ChildProcess? _guard;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The last lines it wrote, for a report of failure.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
                return string.Join(" | ", _lastLines);
        }
    }

    /// <summary>Starts a hidden verb of this program.</summary>
    public static ChildProcess StartVerb(params ReadOnlySpan<string> arguments) =>
        Start([typeof(ChildProcess).Assembly.Location, .. arguments], null, null);

    /// <summary>Starts another .NET program, with a guard beside it.</summary>
    /// <param name="arguments">The assembly and its arguments.</param>
    /// <param name="workingDirectory">A directory of its own, which the guard removes.</param>
    /// <param name="environment">What is added to the environment.</param>
    public static ChildProcess StartProgram(IReadOnlyList<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        var child = Start(arguments, workingDirectory, environment);
        child._guard = StartVerb("guard", child.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), workingDirectory);
        return child;
    }

    /// <summary>Writes one line to its standard input.</summary>
    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>The next line of its standard output that starts with <paramref name="prefix"/>.</summary>
    /// <exception cref="PeerFailedException">The process ended, or the time was over.</exception>
    public async Task<string> HearAsync(string prefix, TimeSpan limit, CancellationToken cancel)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(limit);
        try
        {
            await foreach (var line in _output.Reader.ReadAllAsync(timed.Token))
            {
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new PeerFailedException($"no answer within {limit.TotalSeconds:F0} s: {LastLines}");
        }

        throw new PeerFailedException($"the process ended: {LastLines}");
    }

    /// <summary>Throws when the process is no longer there.</summary>
    /// <exception cref="PeerFailedException">It ended.</exception>
    public void RequireAlive()
    {
        if (_process.HasExited)
            throw new PeerFailedException($"the process ended with {_process.ExitCode}: {LastLines}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        // The pipes end with the process; waiting for them as well keeps their readers from outliving it.
        await Task.WhenAny(_ended.Task, Task.Delay(ExitLimit));
        _process.Dispose();
        if (_guard is not null)
            await _guard.DisposeAsync();
    }

    private static ChildProcess Start(IEnumerable<string> arguments, string? workingDirectory, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // `dotnet run` and a developer's shell must not change what is measured.
        foreach (var name in new[] { "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT" })
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var child = new ChildProcess(Process.Start(start) ?? throw new PeerFailedException("the process could not be started"));
        _ = child.DrainAsync();
        return child;
    }

    private async Task DrainAsync()
    {
        await Task.WhenAll(DrainAsync(_process.StandardOutput, _output.Writer), DrainAsync(_process.StandardError, null));
        await _process.WaitForExitAsync();
        _output.Writer.Complete();
        _ended.SetResult();
    }

    private async Task DrainAsync(StreamReader reader, System.Threading.Channels.ChannelWriter<string>? lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines?.TryWrite(line);
            // The call stack is of no use to the report, and full of this machine's paths.
            if (line.StartsWith("   at ", StringComparison.Ordinal))
                continue;
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                while (_lastLines.Count > KeptLines)
                    _lastLines.Dequeue();
            }
        }
    }
}
