using QuikApp.Bench.Load;

namespace QuikApp.Bench.Reporting;

/// <summary>A column of the report.</summary>
/// <param name="Key">Where its value is in a measurement.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Format">How a value is written.</param>
/// <param name="IsCompared">Whether it is also given as a ratio to the reference peer.</param>
internal sealed record Figure(string Key, string Heading, string Format, bool IsCompared = false)
{
    private static readonly Figure Resident = new(FigureKey.ResidentMebibytes, "RSS, MiB", "N0");
    private static readonly Figure Median = new(FigureKey.MedianMilliseconds, "p50, ms", "N2");
    private static readonly Figure Percentile99 = new(FigureKey.Percentile99Milliseconds, "p99, ms", "N2");
    private static readonly Figure Messages = new(FigureKey.MessagesPerSecond, "messages/s", "N0");
    private static readonly Figure ClientBusy = new(FigureKey.ClientBusyPercent, "load client, % of a core", "N0");
    private static readonly Figure OthersBusy = new(FigureKey.OthersBusyPercent, "other processes, % of a core", "N0");

    /// <summary>The columns where deliveries are counted.</summary>
    public static IReadOnlyList<Figure> OfDeliveries { get; } =
    [
        new(FigureKey.CpuSecondsPerMillion, "server CPU s / 1M deliveries", "N2", IsCompared: true),
        Messages,
        new(FigureKey.DeliveriesPerSecond, "deliveries/s", "N0"),
        Median,
        Percentile99,
        Resident,
        ClientBusy,
        OthersBusy,
    ];

    /// <summary>The columns where nothing moves.</summary>
    public static IReadOnlyList<Figure> OfIdle { get; } =
    [
        new(FigureKey.ResidentKibibytesPerSocket, "RSS, KiB a socket", "N1", IsCompared: true),
        new(FigureKey.HeapKibibytesPerSocket, "managed heap, KiB a socket", "N1"),
        new(FigureKey.EmptyResidentMebibytes, "RSS without sockets, MiB", "N0"),
        Resident,
    ];

    /// <summary>The columns where acknowledgements are counted.</summary>
    public static IReadOnlyList<Figure> OfJournal { get; } =
    [
        Messages,
        new(FigureKey.CpuSecondsPerMillion, "server CPU s / 1M sends", "N1"),
        new(FigureKey.MedianMilliseconds, "acknowledged p50, ms", "N2"),
        Percentile99,
        Resident,
        OthersBusy,
    ];

    /// <summary>The columns of a replay.</summary>
    public static IReadOnlyList<Figure> OfResume { get; } =
    [
        new(FigureKey.ReplayMilliseconds, "replay, ms", "N0"),
        Messages,
        new(FigureKey.CpuSecondsPerMillion, "server CPU s / 1M messages", "N1"),
        Resident,
        OthersBusy,
    ];
}
