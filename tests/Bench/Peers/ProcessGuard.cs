using System.Diagnostics;
using System.Globalization;

namespace QuikApp.Bench.Peers;

/// <summary>
/// Ends a process that knows nothing of the bench and removes what it wrote, should the bench itself be killed. Runs as a
/// process of its own.
/// </summary>
internal static class ProcessGuard
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the end of standard input, which is the end of the bench, then ends the process.</summary>
    public static async Task<int> RunAsync(string processId, string directory)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(processId, CultureInfo.InvariantCulture));
            while (await Console.In.ReadLineAsync() is not null)
            {
            }

            // Process compares start times: a stranger that got the same id later is left alone.
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit(ExitLimit);
        }
        catch (ArgumentException)
        {
            // It ended before the guard was up: nothing to guard.
        }

        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        return 0;
    }
}
