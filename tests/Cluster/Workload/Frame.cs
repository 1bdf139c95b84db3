using System.Text.Json;

namespace QuikApp.Cluster.Workload;

/// <summary>A frame of the wire, V2.</summary>
internal readonly record struct Frame(string? JoinRef, string? Ref, string Topic, string Event, JsonElement Payload)
{
    /// <summary>Reads <c>[join_ref, ref, topic, event, payload]</c>.</summary>
    public static Frame Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        var frame = document.RootElement;
        return new(frame[0].GetString(), frame[1].GetString(), frame[2].GetString()!, frame[3].GetString()!, frame[4].Clone());
    }
}
