using System.Runtime.InteropServices;

namespace QuikApp.Host.CommandLine;

/// <summary>Makes every file that the process creates from now on private to its account, whoever creates it.</summary>
internal static class PrivateFileMode
{
    // Octal 077: nothing for the group, nothing for others.
    private const uint Mask = 0b111_111;

    /// <summary>Sets the umask of the process. Windows has none and inherits the directory's list of rights.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(Mask);
    }

    [DllImport("libc", EntryPoint = "umask", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
