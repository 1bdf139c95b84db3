namespace QuikApp.Protocol.Identity;

/// <summary>A channel. Unique over all workspaces. See <see cref="Identifier"/> for its grammar.</summary>
public readonly record struct ChannelId
{
    private ChannelId(string value) => Value = value;

    /// <summary>The id as the outside writes it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="value"/> breaks the grammar.</summary>
    public static bool TryParse(string? value, out ChannelId id)
    {
        var valid = Identifier.IsValid(value);
        id = valid ? new ChannelId(value!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> breaks the grammar.</exception>
    public static ChannelId Parse(string? value) => new(Identifier.Require(value, "channel"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
