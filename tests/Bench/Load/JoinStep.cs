namespace QuikApp.Bench.Load;

/// <summary>One step of joining.</summary>
/// <param name="Say">The text to send, or null when the server speaks first.</param>
/// <param name="Hear">What the awaited message contains.</param>
internal sealed record JoinStep(byte[]? Say, byte[] Hear);
