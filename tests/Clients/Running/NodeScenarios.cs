using System.Security.Cryptography;

namespace QuikApp.Clients.Running;

/// <summary>Node.js with the pinned clients, installed once, and the scenarios that it plays.</summary>
internal sealed class NodeScenarios
{
    private const int LeastMajor = 20;
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<NodeScenarios>> Installed = new(InstallAsync);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

    private readonly string _node;

    private NodeScenarios(string node, string? missing)
    {
        _node = node;
        Missing = missing;
    }

    /// <summary>Why nothing can be played here; null when all is there.</summary>
    public string? Missing { get; }

    /// <summary>The one installation of this run.</summary>
    public static Task<NodeScenarios> GetAsync() => Installed.Value;

    /// <summary>Starts a scenario.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="argument">What the scenario is told, as JSON.</param>
    /// <param name="limit">How long it gives itself.</param>
    public NodeRun Start(string name, string argument, TimeSpan limit) =>
        new(name, limit, onLine => ChildProcess.Start(_node, [Path.Combine("scenarios", $"{name}.mjs"), argument], Folder, onLine));

    private static async Task<NodeScenarios> InstallAsync()
    {
        var node = RequiredTool.Find("node");
        var npm = RequiredTool.Find("npm");
        if (node is null || npm is null)
            return new NodeScenarios("", $"{(node is null ? "node" : "npm")} is not installed");
        var version = await VersionAsync(node);
        if (version < LeastMajor)
            return new NodeScenarios(node, $"node is {version}, and the clients need {LeastMajor}");
        return new NodeScenarios(node, await InstallPackagesAsync(npm));
    }

    private static async Task<int> VersionAsync(string node)
    {
        var output = "";
        await using var process = ChildProcess.Start(node, ["--version"], Folder, line =>
        {
            output += line;
            return false;
        });
        Assert.Equal(0, await process.EndAsync(InstallLimit));
        return int.Parse(output.TrimStart('v').Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    // A stamp tells that what is installed is what the lock file says, so that a second run needs no network.
    private static async Task<string?> InstallPackagesAsync(string npm)
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
            return null;

        await using var process = ChildProcess.Start(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], Folder);
        var exitCode = await process.EndAsync(InstallLimit);
        if (exitCode != 0)
            return $"npm ci ended with {exitCode}: {process.Transcript}";
        await File.WriteAllTextAsync(stamp, wanted);
        return null;
    }
}
