using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Replaying {Stream} failed; the client joins again")]
    public static partial void ReplayFailed(this ILogger<Session> logger, Exception error, StreamId stream);
}
