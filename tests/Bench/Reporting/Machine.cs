using System.Globalization;
using System.Runtime.InteropServices;

namespace QuikApp.Bench.Reporting;

/// <summary>The machine, as far as its figures depend on it; nothing that tells whose it is.</summary>
internal static class Machine
{
    /// <summary>One line.</summary>
    public static string Describe()
    {
        var memory = FirstValue("/proc/meminfo", "MemTotal").Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        var mebibytes = long.Parse(memory, CultureInfo.InvariantCulture) / 1024;
        var kernel = Environment.OSVersion.Version.ToString(2);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({FirstValue("/proc/cpuinfo", "model name")}), {mebibytes:N0} MiB, {RuntimeInformation.OSDescription}, Linux {kernel}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}");
    }

    /// <summary>The first value of a key in one of the kernel's `key : value` files.</summary>
    private static string FirstValue(string path, string key)
    {
        var line = File.ReadLines(path).FirstOrDefault(text => text.StartsWith(key, StringComparison.Ordinal));
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
