using System.Diagnostics;

namespace QuikApp.Cluster.Topology;

/// <summary>Programs of the system that faults are made with.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin"];

    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips the test when it cannot be made here and says why; under <c>CI=true</c> it fails, so that it never silently stops being made.</summary>
    /// <param name="names">Programs that it needs, and with them the rights of root.</param>
    public static void RequireRootAnd(params IReadOnlyList<string> names)
    {
        var missing = names.Where(name => Find(name) is null).ToList();
        var reason = !OperatingSystem.IsLinux() ? "faults of network and disk are made with Linux"
            : missing.Count > 0 ? $"not installed: {string.Join(", ", missing)}"
            : !Environment.IsPrivilegedProcess ? "network namespaces and mounts need root"
            : null;
        if (reason is not null && IsCi)
            Assert.Fail($"{reason}; CI=true does not allow to skip");
        Skip.If(reason is not null, reason);
    }

    /// <summary>The path of a program; null when it is not there.</summary>
    public static string? Find(string name) =>
        Folders.Where(folder => folder.Length > 0 || Path.IsPathRooted(name)).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, which must be good.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string name, params IReadOnlyList<string> arguments)
    {
        var (exitCode, output) = await TryAsync(name, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {exitCode}: {output}");
    }

    /// <summary>Runs a program to its end, good or bad.</summary>
    public static async Task<(int ExitCode, string Output)> TryAsync(string name, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Find(name) ?? throw new InvalidOperationException($"{name} is not installed"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{await output}{await errors}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s");
        }
    }
}
