using System.ComponentModel;
using System.Text.Json;

namespace QuikApp.Host.Api.Messages;

/// <summary>
/// An item of history for the document: a message in its final state (<see cref="Protocol.Payloads.MessageView.WriteItem"/>), or in
/// mode <c>full</c> an event and its payload.
/// </summary>
[Description("Mode compact: a message as it stands; a deleted one has deletedAt and no content. Mode full: event and payload, as on a socket.")]
internal sealed record HistoryItemShape
{
    public string? Id { get; init; }

    [Description("Number of the message's creation.")]
    public long? Seq { get; init; }

    [Description("Number of the last event that concerned it.")]
    public long? LastSeq { get; init; }

    public string? UserId { get; init; }

    public string? ChannelId { get; init; }

    public string? ThreadId { get; init; }

    public string? Content { get; init; }

    public AttachmentBody[]? Attachments { get; init; }

    public string[]? Mentions { get; init; }

    public string? ClientId { get; init; }

    public string? CreatedAt { get; init; }

    public string? EditedAt { get; init; }

    public string? DeletedAt { get; init; }

    [Description("Users by emoji.")]
    public Dictionary<string, string[]>? Reactions { get; init; }

    [Description("Of a channel's message that has a thread, how that stands.")]
    public ThreadSummaryShape? Thread { get; init; }

    [Description("Mode full: the event's name.")]
    public string? Event { get; init; }

    [Description("Mode full: the event's payload.")]
    public Dictionary<string, JsonElement>? Payload { get; init; }
}
