namespace QuikApp.Cluster.Topology;

/// <summary>The commands that <c>docs/operating.md</c> gives to operators, run as they stand there.</summary>
internal static class OperatorsPage
{
    private const string Fence = "```";

    /// <summary>Runs the first block of commands behind a text of the page.</summary>
    /// <param name="behind">The text.</param>
    /// <param name="folder">Where <c>docker/</c> and <c>sql/</c> are, and <c>/backup</c> is.</param>
    /// <param name="database">The machine that the page calls <c>postgres</c>.</param>
    /// <param name="examples">What stands there for an example, and what it is here.</param>
    public static async Task RunAsync(string behind, string folder, PostgresMachine database, params (string Said, string Meant)[] examples)
    {
        var commands = Block(behind);
        foreach (var (said, meant) in examples)
        {
            Assert.Contains(said, commands, StringComparison.Ordinal);
            commands = commands.Replace(said, meant, StringComparison.Ordinal);
        }

        commands = commands
            .Replace("/backup/wal", database.Archive, StringComparison.Ordinal)
            .Replace("/backup", Path.Combine(folder, "backup"), StringComparison.Ordinal)
            .Replace("-h postgres", $"-h {database.Address}", StringComparison.Ordinal)
            .Replace("PGHOST=postgres", $"PGHOST={database.Address}", StringComparison.Ordinal);
        var script = Path.Combine(folder, "commands.sh");
        await File.WriteAllTextAsync(script, $"set -euo pipefail\ncd {folder}\nexport PATH={PostgresMachine.Folder()}:$PATH\n{commands}\n");
        await Tool.RunAsync("bash", script);
    }

    /// <summary>Puts what the commands name into a folder: scripts, roles, passwords and a place for backups.</summary>
    public static async Task FurnishAsync(string folder)
    {
        var root = Root();
        Directory.CreateDirectory(Path.Combine(folder, "backup"));
        var secrets = Directory.CreateDirectory(Path.Combine(folder, "docker", "secrets")).FullName;
        File.Copy(Path.Combine(root, "docker", "postgres-roles.sh"), Path.Combine(folder, "docker", "postgres-roles.sh"));
        Directory.CreateDirectory(Path.Combine(folder, "sql", "postgresql"));
        File.Copy(Path.Combine(root, "sql", "postgresql", "roles.sql"), Path.Combine(folder, "sql", "postgresql", "roles.sql"));
        foreach (var role in new[] { "postgres", "owner", "app", "auditor", "backup" })
            await File.WriteAllTextAsync(Path.Combine(secrets, $"{role}.password"), $"password-of-{role}");
    }

    private static string Block(string behind)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "operating.md"));
        var from = page.IndexOf(behind, StringComparison.Ordinal);
        Assert.True(from >= 0, $"the page does not say: {behind}");
        from = page.IndexOf('\n', page.IndexOf($"{Fence}sh", from, StringComparison.Ordinal)) + 1;
        // A block below a list is indented with it.
        return string.Join('\n', page[from..page.IndexOf(Fence, from, StringComparison.Ordinal)].Split('\n').Select(line => line.TrimStart()));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QuikApp.Akka.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("the root of the repository");
    }
}
