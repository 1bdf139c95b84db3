using System.Text.Json.Serialization;

namespace QuikApp.Cluster.History;

/// <summary>One line of a history.</summary>
/// <param name="T">Nanoseconds of the monotonic clock, which all processes and network namespaces of a machine share.</param>
/// <param name="Client">Who saw it: a user, since each client task plays one.</param>
/// <param name="Node">The node it was connected with.</param>
/// <param name="Op">What happened.</param>
internal sealed record HistoryLine(
    [property: JsonPropertyName("t")] long T,
    [property: JsonPropertyName("client")] string Client,
    [property: JsonPropertyName("node")] string Node,
    [property: JsonPropertyName("op")] Operation Op)
{
    /// <summary>The topic.</summary>
    [JsonPropertyName("room")]
    public string? Room { get; init; }

    /// <summary>The operation's own id; of a message also its idempotency key.</summary>
    [JsonPropertyName("cid")]
    public string? Cid { get; init; }

    /// <summary>A number of the room.</summary>
    [JsonPropertyName("seq")]
    public long? Seq { get; init; }

    /// <summary>SHA-256 of the body, in hexadecimal digits.</summary>
    [JsonPropertyName("h")]
    public string? H { get; init; }

    /// <summary>A reason, a close code, a step.</summary>
    [JsonPropertyName("code")]
    public string? Code { get; init; }

    /// <summary>What a push makes.</summary>
    [JsonPropertyName("kind")]
    public EntryKind? Kind { get; init; }

    /// <summary>The subscription or the page that it belongs to: unique in the run.</summary>
    [JsonPropertyName("sub")]
    public string? Sub { get; init; }

    /// <summary>The last number that the server named.</summary>
    [JsonPropertyName("head")]
    public long? Head { get; init; }
}
