using System.Text.Json;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Payloads;

/// <summary>One event frame of a compact resume: an event that still says something, or a message in its final state.</summary>
public sealed record CompactFrame
{
    private readonly NumberedEvent? _event;
    private readonly MessageView? _message;

    internal CompactFrame(NumberedEvent numbered)
    {
        _event = numbered;
        Event = EventPayload.EventName(numbered.Event);
        Seq = numbered.Seq;
    }

    internal CompactFrame(MessageView message)
    {
        _message = message;
        Event = EventNames.MessageNew;
        Seq = message.Seq;
    }

    /// <summary>The event's name on the wire.</summary>
    public string Event { get; }

    /// <summary>The number that the payload carries.</summary>
    public long Seq { get; }

    /// <summary>Writes the payload object.</summary>
    /// <inheritdoc cref="EventPayload.Write"/>
    public void Write(Utf8JsonWriter writer, TopicContext? context = null)
    {
        if (_event is not null)
            EventPayload.Write(writer, _event, context);
        else
            _message!.WriteNew(writer, context);
    }
}
