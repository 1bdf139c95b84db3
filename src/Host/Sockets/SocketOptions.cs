using System.ComponentModel.DataAnnotations;

namespace QuikApp.Host.Sockets;

/// <summary>The limits of one socket. A deadline is kept to <see cref="SweepPeriod"/>.</summary>
internal sealed class SocketOptions
{
    /// <summary>The section of the configuration that holds these keys.</summary>
    public const string SectionName = "Sockets";

    /// <summary>The longest assembled message a client may send. Longer: close 1009 at the header that crosses.</summary>
    /// <value>Bytes, 1 KiB to 16 MiB; the default is 64 KiB.</value>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>The most frames that one message may be cut into. More: close 1008.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 65_536)]
    public int MaxFragments { get; set; } = 64;

    /// <summary>What may wait for a reader that is behind. More: the queue is dropped and the socket cut with 4410.</summary>
    /// <value>Bytes, 64 KiB to 256 MiB; the default is 1 MiB.</value>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>The mark at or under which an outbox has room for a paced sender again.</summary>
    /// <value>Bytes; the default is 256 KiB. Should be well under <see cref="MaxQueuedBytes"/>.</value>
    [Range(0, 256 * 1024 * 1024)]
    public int LowWaterBytes { get; set; } = 256 * 1024;

    /// <summary>The most bytes of waiting frames that leave in one write. A longer single frame leaves alone.</summary>
    /// <value>Bytes, 1 KiB to 1 MiB; the default is 64 KiB, what Kestrel buffers for a response.</value>
    [Range(1024, 1024 * 1024)]
    public int MaxCoalescedBytes { get; set; } = 64 * 1024;

    /// <summary>How long one write may wait for the reader. Longer: the connection is reset, counted as 4410.</summary>
    /// <value>The default is 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a message may take from its first byte to its last. Longer: close 1008.</summary>
    /// <value>The default is 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may be silent. Longer: close 4408. Any byte counts, a ping too; what the server sends does not.</summary>
    /// <value>The default is 60 s, twice the heartbeat of Phoenix clients.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a closing handshake may take, the sending of what is queued included. Longer: the connection is reset.</summary>
    /// <value>The default is 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client that broke the framing gets to read its close frame before the connection ends.</summary>
    /// <value>The default is 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FaultLinger { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the deadlines of all sockets of the node are looked at.</summary>
    /// <value>The default is 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(1);
}
