using System.ComponentModel.DataAnnotations;

namespace QuikApp.Host.Configuration;

/// <summary>How much one client may ask of the server. Limits of the transport itself are in the section <c>Sockets</c>.</summary>
internal sealed class LimitOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Limits";

    /// <summary>Events that a socket may send at once; beyond: <c>rate_limited</c>.</summary>
    /// <value>60 events</value>
    [Range(1, 100_000)]
    public int EventBurst { get; set; } = 60;

    /// <summary>Events that a socket may send in the long run.</summary>
    /// <value>10 events per second</value>
    [Range(1, 100_000)]
    public int EventsPerSecond { get; set; } = 10;

    /// <summary>Messages that a user may send to one channel at once, over all sockets; beyond: <c>rate_limited</c>.</summary>
    /// <value>10 messages</value>
    [Range(1, 100_000)]
    public int SendBurst { get; set; } = 10;

    /// <summary>Messages that a user may send to one channel in the long run.</summary>
    /// <value>2 messages per second</value>
    [Range(1, 100_000)]
    public int SendsPerSecond { get; set; } = 2;

    /// <summary>Sockets that a user may hold; one more closes the oldest with 4409.</summary>
    /// <value>10 sockets</value>
    [Range(1, 10_000)]
    public int SocketsPerUser { get; set; } = 10;

    /// <summary>Handshakes that an address may begin at once; beyond: 429.</summary>
    /// <value>200 handshakes</value>
    [Range(1, 1_000_000)]
    public int HandshakeBurst { get; set; } = 200;

    /// <summary>Handshakes that an address may begin in the long run.</summary>
    /// <value>10 handshakes per second</value>
    [Range(1, 1_000_000)]
    public int HandshakesPerSecond { get; set; } = 10;

    /// <summary>Topics that a socket may have joined; one more is refused with <c>too many channels joined</c>.</summary>
    /// <value>100 topics</value>
    [Range(1, 10_000)]
    public int TopicsPerSocket { get; set; } = 100;

    /// <summary>Pushes of a socket that may wait for their answers; nothing more is read from it meanwhile.</summary>
    /// <value>The default value is 128.</value>
    [Range(1, 10_000)]
    public int PushesInFlight { get; set; } = 128;

    /// <summary>Refused events within 10 s after which a socket is closed with 4429.</summary>
    /// <value>The default value is 100.</value>
    [Range(1, 1_000_000)]
    public int ExcessEventsBeforeClose { get; set; } = 100;

    /// <summary>Requests to the HTTP API that a user may make at once; beyond: 429.</summary>
    /// <value>100 requests</value>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 100;

    /// <summary>Requests to the HTTP API that a user may make in the long run.</summary>
    /// <value>20 requests per second</value>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 20;

    /// <summary>Requests to the HTTP API that an address (IPv6: a /64) may make at once, with whatever token; beyond: 429.</summary>
    /// <value>400 requests</value>
    [Range(1, 1_000_000)]
    public int AddressRequestBurst { get; set; } = 400;

    /// <summary>Requests to the HTTP API that an address may make in the long run.</summary>
    /// <value>100 requests per second</value>
    [Range(1, 1_000_000)]
    public int AddressRequestsPerSecond { get; set; } = 100;
}
