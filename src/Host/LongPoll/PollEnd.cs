namespace QuikApp.Host.LongPoll;

/// <summary>How a session was ended: what the close frame of a WebSocket would say.</summary>
/// <param name="Code">One of <see cref="Protocol.WebSockets.CloseCode"/>.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record PollEnd(int Code, string Reason);
