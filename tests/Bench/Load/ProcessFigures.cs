using System.Globalization;

namespace QuikApp.Bench.Load;

/// <summary>CPU time and memory of a process as Linux accounts them.</summary>
internal static class ProcessFigures
{
    // USER_HZ, the unit of /proc/<pid>/stat, is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>User and system time that the process has used so far, in seconds, to 10 ms.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public static double CpuSeconds(int processId)
    {
        var line = File.ReadAllText($"/proc/{processId}/stat");
        // The command name, second field, may hold spaces; utime and stime are the 12th and 13th field behind it.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Resident memory of the process, in KiB.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public static long ResidentKibibytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
