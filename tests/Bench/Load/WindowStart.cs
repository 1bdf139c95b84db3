using System.Diagnostics;

namespace QuikApp.Bench.Load;

/// <summary>Clock and CPU accounts at the beginning of a measured window.</summary>
internal sealed class WindowStart
{
    private readonly int _serverProcessId;
    private readonly double _serverCpu;
    private readonly double _clientCpu;
    private readonly double _machineCpu;
    private readonly long _timestamp;

    private WindowStart(int serverProcessId)
    {
        _serverProcessId = serverProcessId;
        _serverCpu = ProcessFigures.CpuSeconds(serverProcessId);
        _clientCpu = ProcessFigures.CpuSeconds(Environment.ProcessId);
        _machineCpu = ProcessFigures.MachineCpuSeconds();
        _timestamp = Stopwatch.GetTimestamp();
    }

    /// <summary>How long the window was, in seconds; 0 before it is closed.</summary>
    public double Seconds { get; private set; }

    /// <summary>Opens a window.</summary>
    public static WindowStart Now(int serverProcessId) => new(serverProcessId);

    /// <summary>Closes the window and gives the figures of the machine.</summary>
    /// <param name="count">What the server did in it: the CPU time is divided by this.</param>
    public Dictionary<string, double> Close(long count)
    {
        Seconds = Stopwatch.GetElapsedTime(_timestamp).TotalSeconds;
        var server = ProcessFigures.CpuSeconds(_serverProcessId) - _serverCpu;
        var client = ProcessFigures.CpuSeconds(Environment.ProcessId) - _clientCpu;
        var others = ProcessFigures.MachineCpuSeconds() - _machineCpu - server - client;
        return new Dictionary<string, double>
        {
            [FigureKey.CpuSecondsPerMillion] = server * 1e6 / Math.Max(1, count),
            [FigureKey.ResidentMebibytes] = ProcessFigures.ResidentKibibytes(_serverProcessId) / 1024.0,
            [FigureKey.ClientBusyPercent] = client * 100 / Seconds,
            [FigureKey.OthersBusyPercent] = Math.Max(0, others) * 100 / Seconds,
        };
    }
}
