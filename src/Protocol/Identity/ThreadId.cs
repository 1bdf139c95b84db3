namespace QuikApp.Protocol.Identity;

/// <summary>A thread: replies to one message of a channel. See <see cref="Identifier"/> for its grammar.</summary>
public readonly record struct ThreadId
{
    private ThreadId(string value) => Value = value;

    /// <summary>The id as the outside writes it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="value"/> breaks the grammar.</summary>
    public static bool TryParse(string? value, out ThreadId id)
    {
        var valid = Identifier.IsValid(value);
        id = valid ? new ThreadId(value!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> breaks the grammar.</exception>
    public static ThreadId Parse(string? value) => new(Identifier.Require(value, "thread"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
