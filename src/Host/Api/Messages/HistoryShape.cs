using System.ComponentModel;

namespace QuikApp.Host.Api.Messages;

/// <summary>A page of history for the document.</summary>
[Description("A page of history, oldest first.")]
internal sealed record HistoryShape
{
    [Description("Messages or events, by rising number.")]
    public required HistoryItemShape[] Items { get; init; }

    [Description("Number of the channel's last event.")]
    public required long Head { get; init; }

    [Description("Whether there is more in the direction that was asked for.")]
    public required bool More { get; init; }

    [Description("The cursor of the next page, where there is more.")]
    public string? Next { get; init; }
}
