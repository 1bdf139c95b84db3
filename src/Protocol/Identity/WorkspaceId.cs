namespace QuikApp.Protocol.Identity;

/// <summary>A tenant: users and the channels they share. See <see cref="Identifier"/> for its grammar.</summary>
public readonly record struct WorkspaceId
{
    private WorkspaceId(string value) => Value = value;

    /// <summary>The id as the outside writes it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="value"/> breaks the grammar.</summary>
    public static bool TryParse(string? value, out WorkspaceId id)
    {
        var valid = Identifier.IsValid(value);
        id = valid ? new WorkspaceId(value!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> breaks the grammar.</exception>
    public static WorkspaceId Parse(string? value) => new(Identifier.Require(value, "workspace"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
