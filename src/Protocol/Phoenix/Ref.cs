using System.Text;

namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// A <c>ref</c> or <c>join_ref</c>: whatever JSON value the client chose, to be given back as it was.
/// </summary>
/// <remarks>
/// It owns its bytes and outlives the message it came in. Two are equal when they are the same JSON text, except that
/// strings compare by their characters: <c>"1"</c> is not <c>1</c>, null is not <c>""</c>, and <c>"1"</c> is
/// <c>"\u0031"</c>. The default value is null.
/// </remarks>
public readonly struct Ref : IEquatable<Ref>
{
    private readonly byte[]? _json;

    private Ref(byte[] json) => _json = json;

    /// <summary>The absent ref, JSON <c>null</c>.</summary>
    public static Ref Null => default;

    /// <summary>Whether this is JSON <c>null</c>.</summary>
    public bool IsNull => _json is null;

    /// <summary>The value as UTF-8 JSON; <c>null</c> when absent.</summary>
    public ReadOnlySpan<byte> Json => _json is null ? "null"u8 : _json;

    /// <summary>A ref that is a JSON string, as in every frame of the stock clients and in binary frames.</summary>
    /// <param name="text">The characters, unescaped; may be empty.</param>
    public static Ref FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Ref(JsonText.Encode(text));
    }

    /// <summary>Copies a value that a reader has found to be strict JSON; a string with escapes goes through <see cref="FromText"/>.</summary>
    internal static Ref FromJson(ReadOnlySpan<byte> json) => json.SequenceEqual("null"u8) ? default : new Ref(json.ToArray());

    /// <inheritdoc/>
    public bool Equals(Ref other) => Json.SequenceEqual(other.Json);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ref other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Json);
        return hash.ToHashCode();
    }

    /// <summary>The value as JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Json);

    /// <summary>Equality of <see cref="Equals(Ref)"/>.</summary>
    public static bool operator ==(Ref left, Ref right) => left.Equals(right);

    /// <summary>Inequality of <see cref="Equals(Ref)"/>.</summary>
    public static bool operator !=(Ref left, Ref right) => !left.Equals(right);
}
