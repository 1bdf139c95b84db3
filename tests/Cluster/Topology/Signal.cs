using System.Runtime.InteropServices;

namespace QuikApp.Cluster.Topology;

/// <summary>Signals that are sent to a process by its number.</summary>
internal static class Signal
{
    /// <summary>Asks it to stop.</summary>
    public const int Term = 15;

    /// <summary>Ends it; no handler of it runs.</summary>
    public const int Kill = 9;

    /// <summary>Freezes it.</summary>
    public const int Stop = 19;

    /// <summary>Lets it go on.</summary>
    public const int Continue = 18;

    /// <summary>Sends it, if the process is there.</summary>
    /// <returns>Whether it was.</returns>
    public static bool TrySend(int processId, int signal) => SendSignal(processId, signal) == 0;

    /// <summary>Sends it.</summary>
    public static void Send(int processId, int signal) => Assert.Equal(0, SendSignal(processId, signal));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
