namespace QuikApp.Bench.Load;

/// <summary>The names of the figures in a <see cref="Measurement"/>.</summary>
internal static class FigureKey
{
    public const string CpuSecondsPerMillion = "cpu";
    public const string MessagesPerSecond = "messages";
    public const string DeliveriesPerSecond = "deliveries";
    public const string MedianMilliseconds = "p50";
    public const string Percentile99Milliseconds = "p99";
    public const string ResidentMebibytes = "rss";
    public const string ClientBusyPercent = "client";
    public const string OthersBusyPercent = "others";
    public const string ResidentKibibytesPerSocket = "rssPerSocket";
    public const string HeapKibibytesPerSocket = "heapPerSocket";
    public const string EmptyResidentMebibytes = "rssEmpty";
    public const string ReplayMilliseconds = "replay";
}
