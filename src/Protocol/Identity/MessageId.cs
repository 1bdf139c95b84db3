namespace QuikApp.Protocol.Identity;

/// <summary>A message of a channel or thread; the server makes it. See <see cref="Identifier"/> for its grammar.</summary>
public readonly record struct MessageId
{
    private MessageId(string value) => Value = value;

    /// <summary>The id as the outside writes it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="value"/> breaks the grammar.</summary>
    public static bool TryParse(string? value, out MessageId id)
    {
        var valid = Identifier.IsValid(value);
        id = valid ? new MessageId(value!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> breaks the grammar.</exception>
    public static MessageId Parse(string? value) => new(Identifier.Require(value, "message"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
