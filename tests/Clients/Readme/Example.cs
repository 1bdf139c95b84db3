using System.Text.Json;
using QuikApp.Clients.Running;

namespace QuikApp.Clients.Readme;

/// <summary>A marked block of the README, run by Node.js beside the packages that the README installs.</summary>
internal static class Example
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The block behind <c>&lt;!-- example: name --&gt;</c>.</summary>
    public static string Named(string name)
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var marker = $"<!-- example: {name} -->\n```js\n";
        var start = readme.IndexOf(marker, StringComparison.Ordinal);
        Assert.True(start >= 0, $"the README has no example {name}");
        start += marker.Length;
        return readme[start..readme.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    /// <summary>Runs a block to its end.</summary>
    /// <param name="code">The block.</param>
    /// <param name="tokens">Tokens by user; a block finds alice's in the environment as <c>ALICE</c>.</param>
    /// <returns>The lines that it printed.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string code, IReadOnlyDictionary<string, string> tokens)
    {
        // Beside node_modules, where the imports are looked for.
        var file = Path.Combine(AppContext.BaseDirectory, "node", $"example-{Guid.NewGuid():N}.mjs");
        var environment = tokens.Select(t => $"process.env.{t.Key.ToUpperInvariant()} = {JsonSerializer.Serialize(t.Value)};");
        await File.WriteAllLinesAsync(file, [.. environment, code]);
        try
        {
            var printed = new List<string>();
            await using var node = ChildProcess.Start(RequiredTool.Find("node")!, [file], Path.GetDirectoryName(file)!, line =>
            {
                printed.Add(line);
                return true;
            });
            Assert.True(await node.EndAsync(Limit) == 0, $"the example failed:\n{node.Transcript}");
            return printed;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
