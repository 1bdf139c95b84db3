namespace QuikApp.Host.Sockets;

/// <summary>The bytes of one write.</summary>
/// <param name="Bytes">One frame, or several after one another.</param>
/// <param name="Rented">The pooled array behind <paramref name="Bytes"/> when there are several; null for one frame.</param>
internal readonly record struct OutboxBatch(ReadOnlyMemory<byte> Bytes, byte[]? Rented);
