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
        var line = Read(processId, "stat");
        // The command name, second field, may hold spaces; utime and stime are the 12th and 13th field behind it.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Resident memory of the process, in KiB.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public static long ResidentKibibytes(int processId)
    {
        // A process that ended and is not yet waited for still has its file, but no memory.
        var line = Read(processId, "status").Split('\n').FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal))
            ?? throw new IOException("the server ended");
        return long.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    /// <summary>Time that all processes of the machine together have spent in user and kernel mode so far, in seconds.</summary>
    public static double MachineCpuSeconds()
    {
        // cpu  user nice system idle ...; interrupts are left out, they belong to no process.
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields[1..4].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (FileNotFoundException gone)
        {
            throw new IOException("the server ended", gone);
        }
        catch (DirectoryNotFoundException gone)
        {
            throw new IOException("the server ended", gone);
        }
    }
}
