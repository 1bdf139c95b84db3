namespace QuikApp.Protocol.Tests.WebSockets;

/// <summary>A sequence of client bytes, and all that a reader may say of it.</summary>
/// <param name="Name">Class and number, then what it is about.</param>
/// <param name="Bytes">What the client sends.</param>
/// <param name="Expected">The transcript, see <see cref="ClientFrames.Transcript"/>.</param>
internal sealed record FrameCase(string Name, byte[] Bytes, params string[] Expected);
