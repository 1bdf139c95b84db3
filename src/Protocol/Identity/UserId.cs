namespace QuikApp.Protocol.Identity;

/// <summary>The subject of a token: who does something. See <see cref="Identifier"/> for its grammar.</summary>
public readonly record struct UserId
{
    private UserId(string value) => Value = value;

    /// <summary>The id as the outside writes it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="value"/> breaks the grammar.</summary>
    public static bool TryParse(string? value, out UserId id)
    {
        var valid = Identifier.IsValid(value);
        id = valid ? new UserId(value!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> breaks the grammar.</exception>
    public static UserId Parse(string? value) => new(Identifier.Require(value, "user"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
