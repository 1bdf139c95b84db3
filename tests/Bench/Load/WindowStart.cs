using System.Diagnostics;

namespace QuikApp.Bench.Load;

/// <summary>Clock and CPU accounts at the beginning of a measured window.</summary>
internal sealed class WindowStart
{
    private readonly int _serverProcessId;
    private readonly double _serverCpu;
    private readonly double _clientCpu;
    private readonly long _timestamp;

    private WindowStart(int serverProcessId)
    {
        _serverProcessId = serverProcessId;
        _serverCpu = ProcessFigures.CpuSeconds(serverProcessId);
        _clientCpu = ProcessFigures.CpuSeconds(Environment.ProcessId);
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
        return new Dictionary<string, double>
        {
            [FigureKey.CpuSecondsPerMillion] = (ProcessFigures.CpuSeconds(_serverProcessId) - _serverCpu) * 1e6 / Math.Max(1, count),
            [FigureKey.ResidentMebibytes] = ProcessFigures.ResidentKibibytes(_serverProcessId) / 1024.0,
            [FigureKey.ClientBusyPercent] = (ProcessFigures.CpuSeconds(Environment.ProcessId) - _clientCpu) * 100 / Seconds,
        };
    }
}
