using System.Text;

namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// The topic or the event of a frame: a string in every sensible frame, and whatever else a client sent in its place.
/// </summary>
/// <remarks>
/// The wire allows any JSON value there. A topic that is not a string matches no channel and is echoed as it is in the
/// refusal, so it must be kept. The default value is JSON <c>null</c>.
/// </remarks>
public readonly struct FrameName : IEquatable<FrameName>
{
    private readonly byte[]? _json;

    private FrameName(string? text, byte[]? json)
    {
        Text = text;
        _json = json;
    }

    /// <summary>The string; null when the client sent something that is not a string.</summary>
    public string? Text { get; }

    /// <summary>Takes a string.</summary>
    public static FrameName FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FrameName(text, null);
    }

    /// <summary>Takes a string.</summary>
    public static implicit operator FrameName(string text) => FromString(text);

    /// <summary>Copies a value that a reader has found to be strict JSON and that is not a string.</summary>
    internal static FrameName FromJson(ReadOnlySpan<byte> json) =>
        json.SequenceEqual("null"u8) ? default : new FrameName(null, json.ToArray());

    /// <summary>The value as UTF-8 JSON, when it is not a string.</summary>
    internal ReadOnlySpan<byte> NonTextJson => _json is null ? "null"u8 : _json;

    /// <inheritdoc/>
    public bool Equals(FrameName other) =>
        Text is null ? other.Text is null && NonTextJson.SequenceEqual(other.NonTextJson) : Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FrameName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (Text is not null)
            return Text.GetHashCode(StringComparison.Ordinal);

        var hash = new HashCode();
        hash.AddBytes(NonTextJson);
        return hash.ToHashCode();
    }

    /// <summary>The string, or the JSON text of what came in its place.</summary>
    public override string ToString() => Text ?? Encoding.UTF8.GetString(NonTextJson);

    /// <summary>Equality of <see cref="Equals(FrameName)"/>.</summary>
    public static bool operator ==(FrameName left, FrameName right) => left.Equals(right);

    /// <summary>Inequality of <see cref="Equals(FrameName)"/>.</summary>
    public static bool operator !=(FrameName left, FrameName right) => !left.Equals(right);
}
