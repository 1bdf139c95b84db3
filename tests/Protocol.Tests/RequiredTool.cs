using System.Diagnostics;

namespace QuikApp.Protocol.Tests;

/// <summary>
/// A program that a test needs and a developer's machine may lack. Absent: the test is skipped and says why; under <c>CI=true</c> it fails,
/// so that a check can never silently stop being made. Use it in a <c>[SkippableFact]</c>.
/// </summary>
internal sealed class RequiredTool
{
    private readonly string _path;

    private RequiredTool(string path) => _path = path;

    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds a program on the search path.</summary>
    public static RequiredTool Named(string name)
    {
        var extensions = OperatingSystem.IsWindows() ? new[] { ".exe", ".cmd" } : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var path = folders.SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension))).FirstOrDefault(File.Exists);
        if (path is null)
            Unavailable($"{name} is not installed");
        return new RequiredTool(path!);
    }

    /// <summary>Ends the test because something it needs is not there.</summary>
    public static void Unavailable(string reason)
    {
        if (IsCi)
            Assert.Fail($"{reason}; CI=true does not allow to skip");
        Skip.If(true, reason);
    }

    /// <summary>Runs it to its end, at most two minutes.</summary>
    public async Task<Outcome> RunAsync(IEnumerable<string> arguments, byte[]? input = null, string? folder = null)
    {
        var start = new ProcessStartInfo(_path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            using var output = new MemoryStream();
            var copy = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], limit.Token);
            process.StandardInput.Close();
            await copy;
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, output.ToArray(), await errors);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_path} did not end within two minutes");
        }
    }

    /// <summary>What a program left behind.</summary>
    /// <param name="ExitCode">Its exit code.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Errors">Standard error, as text.</param>
    internal sealed record Outcome(int ExitCode, byte[] Output, string Errors)
    {
        /// <summary>Standard output as text.</summary>
        public string Text => System.Text.Encoding.UTF8.GetString(Output);
    }
}
