namespace QuikApp.Protocol.WebSockets;

/// <summary>One thing that a <see cref="MessageReader"/> found in its input.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">
/// The bytes of a message, ping or pong, or of a close's reason. Valid until the next call of the reader, and not longer
/// than the input's memory.
/// </param>
/// <param name="Code">
/// With <see cref="ReadEventKind.Close"/> the peer's code (<see cref="CloseCode.NoStatus"/> when it gave none), with
/// <see cref="ReadEventKind.Violation"/> the code to close with; otherwise 0.
/// </param>
/// <param name="Fault">With <see cref="ReadEventKind.Violation"/> the rule that was broken: short, ASCII, a fixed text.</param>
public readonly record struct ReadEvent(
    ReadEventKind Kind,
    ReadOnlyMemory<byte> Payload = default,
    int Code = 0,
    string? Fault = null);
