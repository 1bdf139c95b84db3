namespace QuikApp.Host.Sockets;

/// <summary>One whole message of a client.</summary>
/// <param name="IsText">Text (its payload is valid UTF-8) or binary.</param>
/// <param name="Payload">The bytes. They belong to the connection: valid until the next read (the next pull of a stage).</param>
internal sealed record SocketMessage(bool IsText, ReadOnlyMemory<byte> Payload);
