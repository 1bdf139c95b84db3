using System.Diagnostics;

namespace QuikApp.Cluster.Topology;

/// <summary>
/// The build that an upgrade comes from: the program that <c>QUIKAPP_PREVIOUS_HOST</c> names, or, where it names none, the
/// same source under an older version, so that the nodes at least take each other for different builds.
/// </summary>
internal sealed class PreviousBuild : IDisposable
{
    private const string Variable = "QUIKAPP_PREVIOUS_HOST";
    private const string Solution = "QuikApp.Akka.sln";
    private const string OlderVersion = "0.0.9";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly string? _folder;

    private PreviousBuild(string program, string? folder) => (Program, _folder) = (program, folder);

    /// <summary>Its <c>QuikApp.Host.dll</c>.</summary>
    public string Program { get; }

    /// <summary>Finds or makes it.</summary>
    public static async Task<PreviousBuild> MakeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return new PreviousBuild(File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names no file", named), folder: null);
        var folder = Directory.CreateTempSubdirectory("quikapp-previous-").FullName;
        try
        {
            await PublishAsync(folder);
            return new PreviousBuild(Path.Combine(folder, "host", "QuikApp.Host.dll"), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    // With intermediate files of its own: those of the repository belong to whoever builds there.
    private static async Task PublishAsync(string folder)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Tool.Find("dotnet") ?? "dotnet",
            ["publish", Path.Combine(Root(), "src", "Host"), "-o", Path.Combine(folder, "host"), "--artifacts-path", Path.Combine(folder, "build"),
                $"-p:Version={OlderVersion}", "-p:RunAnalyzers=false", "-nodeReuse:false", "-v", "q"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner says to itself would be said to this build too.
        foreach (var foreign in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(foreign);
        using var process = Process.Start(start)!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Limit);
            await process.WaitForExitAsync().WaitAsync(Limit);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"the older build failed with {process.ExitCode}: {string.Concat(said)}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{Solution} is above no folder of the tests; name a build in {Variable}");
    }
}
