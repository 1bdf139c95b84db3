namespace QuikApp.Host.Sockets;

/// <summary>What one write sends.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Rented">The pooled array behind <paramref name="Bytes"/>, to be given back; null when they are a frame's own.</param>
/// <param name="Frames">How many frames they are.</param>
internal readonly record struct OutboxBatch(ReadOnlyMemory<byte> Bytes, byte[]? Rented, int Frames = 1);
