namespace QuikApp.Protocol.Identity;

/// <summary>A call; the server makes it. See <see cref="Identifier"/> for its grammar.</summary>
public readonly record struct CallId
{
    private CallId(string value) => Value = value;

    /// <summary>The id as the outside writes it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="value"/> breaks the grammar.</summary>
    public static bool TryParse(string? value, out CallId id)
    {
        var valid = Identifier.IsValid(value);
        id = valid ? new CallId(value!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> breaks the grammar.</exception>
    public static CallId Parse(string? value) => new(Identifier.Require(value, "call"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
