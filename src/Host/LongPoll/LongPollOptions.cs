using System.ComponentModel.DataAnnotations;

namespace QuikApp.Host.LongPoll;

/// <summary>Long poll: Phoenix over plain HTTP, for clients whose network lets no WebSocket through.</summary>
/// <remarks>
/// What waits for a reader that is behind, the length of one message and the time for a close are those of a WebSocket:
/// <c>Sockets:MaxQueuedBytes</c>, <c>Sockets:LowWaterBytes</c>, <c>Sockets:MaxMessageBytes</c>, <c>Sockets:CloseTimeout</c>.
/// </remarks>
internal sealed class LongPollOptions
{
    /// <summary>The section of the configuration that holds these keys.</summary>
    public const string SectionName = "LongPoll";

    /// <summary>How long a GET waits for a message. Stock clients give up after 20 s, and proxies may sooner.</summary>
    /// <value>The default is 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many windows may pass from one GET to the next. More: the session ends. A POST does not count.</summary>
    /// <value>The default is 1.5.</value>
    [Range(1.1, 100.0)]
    public double SilentWindows { get; set; } = 1.5;

    /// <summary>The longest body of a POST. Longer: status 413, and nothing of it was handled.</summary>
    /// <value>Bytes, 1 KiB to 16 MiB; the default is 1 MiB.</value>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>The most messages that a POST may hold. More: status 413, and nothing of it was handled.</summary>
    /// <value>The default is 100, what stock clients send at most.</value>
    [Range(1, 10_000)]
    public int MaxLines { get; set; } = 100;

    /// <summary>How many bytes of messages one answer holds; what is left comes with the next. A longer single message comes alone.</summary>
    /// <value>Bytes, 1 KiB to 2 MiB; the default is 256 KiB.</value>
    [Range(1024, 2 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 256 * 1024;

    /// <summary>How long a session lives without a GET.</summary>
    internal TimeSpan Silence => Window * SilentWindows;
}
