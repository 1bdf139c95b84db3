using System.Collections.Immutable;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>An event that the server sends, as it is described to clients.</summary>
/// <param name="Name">One of <see cref="EventNames"/>. Where payloads differ from topic to topic, a name stands for several events.</param>
/// <param name="Summary">What happened, in a sentence.</param>
/// <param name="Payload">What the encoder writes.</param>
/// <param name="Topics">Where it is sent.</param>
public sealed record ServerEvent(string Name, string Summary, JsonShape Payload, ImmutableArray<TopicKind> Topics)
{
    /// <summary>Whether it is journaled: it then has a number, is replayed, and is in the history.</summary>
    public bool IsNumbered => Payload.ToSchema()["properties"]?["seq"] is not null;
}
