using System.ComponentModel;

namespace QuikApp.Host.Api.Presence;

/// <summary>A page of presence for the document: <see cref="Protocol.Payloads.PresencePayload.WriteItem"/> writes the items.</summary>
[Description("Who is online, in the order of their ids.")]
internal sealed record PresenceShape
{
    [Description("Whom the caller may see, as in the join reply of the topic.")]
    public required Item[] Items { get; init; }

    [Description("Whether more follow.")]
    public required bool More { get; init; }

    [Description("The cursor of the next page, where more follow.")]
    public string? Next { get; init; }

    /// <summary>Somebody online.</summary>
    [Description("Somebody online.")]
    internal sealed record Item
    {
        public required string UserId { get; init; }

        [Description("online, away, dnd; to the user themself also invisible.")]
        public required string Status { get; init; }

        [Description("The first of their devices.")]
        public required string Device { get; init; }

        [Description("What they say beside it.")]
        public string? StatusText { get; init; }

        [Description("All of their kinds of devices: desktop, mobile, web.")]
        public required string[] Devices { get; init; }

        [Description("Since when they are. RFC 3339, UTC.")]
        public required string Since { get; init; }
    }
}
