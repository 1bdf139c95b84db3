using QuikApp.Protocol.Identity;

namespace QuikApp.Simulation.Clients;

/// <summary>A topic as a client has it: the last number without a gap, over all its sockets.</summary>
internal sealed class TopicView(Topic topic)
{
    public Topic Topic => topic;

    public StreamId Stream { get; } = StreamId.Of(topic)!.Value;

    /// <summary>The last number seen; null until the first join was answered.</summary>
    public long? Last { get; set; }

    /// <summary>The number at which the first join began.</summary>
    public long First { get; set; }

    /// <summary>The join that counts; null while none is answered.</summary>
    public Subscription? Subscription { get; set; }

    public int Refusals { get; set; }
}
