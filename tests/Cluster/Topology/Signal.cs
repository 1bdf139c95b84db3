using System.Runtime.InteropServices;

namespace QuikApp.Cluster.Topology;

/// <summary>Signals that are sent to a process by its number.</summary>
internal static class Signal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks it to stop.</summary>
    public const int Term = 15;

    /// <summary>Ends it; no handler of it runs.</summary>
    public const int Kill = 9;

    /// <summary>Freezes it.</summary>
    public const int Stop = 19;

    /// <summary>Lets it go on.</summary>
    public const int Continue = 18;

    /// <summary>Freezes a process; when this ends none of its threads does anything, or comes back from the kernel.</summary>
    public static async Task FreezeAsync(int processId)
    {
        TrySend(processId, Stop);
        await Until.TrueAsync(() => Task.FromResult(Threads(processId).All(state => state is 'T' or 'D' or 'Z' or 'X')), Patience, () => $"{processId} is frozen");
    }

    /// <summary>Sends it, if the process is there.</summary>
    /// <returns>Whether it was.</returns>
    public static bool TrySend(int processId, int signal) => SendSignal(processId, signal) == 0;

    /// <summary>Sends it.</summary>
    public static void Send(int processId, int signal) => Assert.Equal(0, SendSignal(processId, signal));

    // proc(5): the state follows the name, which stands in brackets and may hold any character.
    private static List<char> Threads(int processId)
    {
        var states = new List<char>();
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{processId}/task"))
            {
                var stat = File.ReadAllText(Path.Combine(thread, "stat"));
                states.Add(stat[stat.LastIndexOf(')') + 2]);
            }
        }
        catch (IOException)
        {
            // A thread or the process has just ended; the next look tells.
            if (Directory.Exists($"/proc/{processId}"))
                states.Add('?');
        }

        return states;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
