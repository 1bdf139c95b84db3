using QuikApp.Actors.Delivery;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Simulation.Storage;

/// <summary>A committed event, with what the read model knows of it.</summary>
internal sealed class Row(NumberedEvent e, IndexFacts? index, string writer)
{
    private byte[]? _frame;

    public NumberedEvent Event { get; } = e;

    public IndexFacts? Index { get; } = index;

    /// <summary>Who wrote it, for the trace.</summary>
    public string Writer { get; } = writer;

    /// <summary>What every subscriber must get for it, byte for byte.</summary>
    public ReadOnlySpan<byte> Frame(Topic topic) =>
        _frame ??= BroadcastEvent.Of(topic, Event, World.Context).Frame(PhoenixVersion.V2).Payload.ToArray();
}
