namespace QuikApp.Protocol.Presence;

/// <summary>The words that clients read and write. They are part of the published API and never change.</summary>
public static class PresenceWords
{
    /// <summary>The word of a device.</summary>
    public static string Text(Device device) => device switch
    {
        Device.Desktop => "desktop",
        Device.Mobile => "mobile",
        Device.Web => "web",
        _ => throw new ArgumentOutOfRangeException(nameof(device)),
    };

    /// <summary>The word of a status.</summary>
    public static string Text(PresenceStatus status) => status switch
    {
        PresenceStatus.Online => "online",
        PresenceStatus.Away => "away",
        PresenceStatus.DoNotDisturb => "dnd",
        PresenceStatus.Invisible => "invisible",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Reads a device; nothing said is <see cref="Device.Web"/>.</summary>
    public static bool TryParse(string? text, out Device device)
    {
        (device, var known) = text switch
        {
            "desktop" => (Device.Desktop, true),
            "mobile" => (Device.Mobile, true),
            "web" or null => (Device.Web, true),
            _ => (default, false),
        };
        return known;
    }

    /// <summary>Reads a status.</summary>
    public static bool TryParse(string? text, out PresenceStatus status)
    {
        (status, var known) = text switch
        {
            "online" => (PresenceStatus.Online, true),
            "away" => (PresenceStatus.Away, true),
            "dnd" => (PresenceStatus.DoNotDisturb, true),
            "invisible" => (PresenceStatus.Invisible, true),
            _ => (default, false),
        };
        return known;
    }
}
