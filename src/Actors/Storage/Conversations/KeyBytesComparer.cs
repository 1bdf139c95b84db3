namespace QuikApp.Actors.Storage.Conversations;

/// <summary>Compares idempotency keys byte by byte.</summary>
internal sealed class KeyBytesComparer : IEqualityComparer<byte[]>
{
    /// <summary>The only one needed.</summary>
    public static readonly KeyBytesComparer Instance = new();

    /// <inheritdoc/>
    public bool Equals(byte[]? x, byte[]? y) => x is null ? y is null : y is not null && x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode(byte[] obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
