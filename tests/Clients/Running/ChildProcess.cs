using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QuikApp.Clients.Running;

/// <summary>A process that a test started, with all that it wrote. It ends with this object at the latest.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 400;
    private const int Sigterm = 15;

    private readonly Process _process;
    private readonly Func<string, bool>? _onLine;
    private readonly Queue<string> _lines = new();
    private readonly Task _drained;

    private ChildProcess(Process process, Func<string, bool>? onLine)
    {
        _process = process;
        _onLine = onLine;
        _drained = Task.WhenAll(DrainAsync(process.StandardOutput, isOutput: true), DrainAsync(process.StandardError, isOutput: false));
        AppDomain.CurrentDomain.ProcessExit += OnTestsEnd;
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The last lines of both outputs, for a report of failure.</summary>
    public string Transcript
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="onLine">Gets each line of standard output; false: the line is not for the transcript.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string folder, Func<string, bool>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // What a developer's shell says about servers is not for these.
        foreach (var name in start.Environment.Keys.Where(IsAboutServers).ToList())
            start.Environment.Remove(name);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        process.StandardInput.Close();
        return new ChildProcess(process, onLine);
    }

    /// <summary>The path of <c>dotnet</c> that runs this test.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Waits for the end of the process and of its outputs.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It goes on; it is ended then.</exception>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit);
            await _drained.WaitAsync(limit);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            Kill();
            throw new TimeoutException($"it did not end within {limit.TotalSeconds} s:\n{Transcript}");
        }
    }

    /// <summary>SIGKILL: no handler of the process runs.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    /// <summary>SIGTERM: what an operator's stop sends.</summary>
    public void Terminate() => Assert.Equal(0, SendSignal(_process.Id, Sigterm));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnTestsEnd;
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    private static bool IsAboutServers(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("QUIKAPP_", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    private void OnTestsEnd(object? sender, EventArgs e) => Kill();

    private async Task DrainAsync(StreamReader reader, bool isOutput)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (isOutput && _onLine?.Invoke(line) == false)
                continue;
            lock (_lines)
            {
                _lines.Enqueue(line);
                if (_lines.Count > KeptLines)
                    _lines.Dequeue();
            }
        }
    }
}
