using QuikApp.Clients.Running;

namespace QuikApp.Clients.Deployment;

/// <summary>A program of the operator's machine, run to its end.</summary>
internal static class ShellRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Where a program is; the test is skipped, or in CI fails, where it is not installed.</summary>
    public static string Require(string program)
    {
        // Debian keeps daemons apart from what users call.
        var path = RequiredTool.Find(program) ?? (File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : null);
        RequiredTool.RequireNothingMissing(path is null ? $"{program} is not installed" : null);
        return path!;
    }

    /// <summary>Runs it, which has to go well.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        await using var process = ChildProcess.Start(program, arguments, Repository.Root);
        var code = await process.EndAsync(Limit);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{process.Transcript}");
        return process.Transcript;
    }
}
