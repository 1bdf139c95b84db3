using System.Diagnostics;

namespace QuikApp.Cluster.Topology;

/// <summary>The product's verb that brings the schema up to date.</summary>
internal static class Migration
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end.</summary>
    /// <param name="settings">Configuration, with the owner's role.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="program">The build.</param>
    public static async Task RunAsync(IReadOnlyDictionary<string, string> settings, string folder, string program)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Tool.Find("dotnet") ?? "dotnet",
            [program, "migrate"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
            start.Environment[$"QUIKAPP_{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"migrate ended with {process.ExitCode}: {string.Concat(said)}");
    }
}
