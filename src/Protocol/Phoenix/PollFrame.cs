namespace QuikApp.Protocol.Phoenix;

/// <summary>One message of a long poll, either way.</summary>
/// <param name="IsBinary">Whether it would have the binary opcode over a WebSocket (RFC 6455 §5.6).</param>
/// <param name="Bytes">The message.</param>
public readonly record struct PollFrame(bool IsBinary, ReadOnlyMemory<byte> Bytes);
