using System.Net;

namespace QuikApp.Host.Authentication;

/// <summary>Who came in and who did not, for the audit log. Neither tokens nor what they claim are ever written.</summary>
internal sealed partial class AuthenticationAudit(ILogger<AuthenticationAudit> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>A token was refused.</summary>
    /// <param name="cause">Why; the sender is not told.</param>
    /// <param name="way">How it came: <c>websocket</c>, <c>longpoll</c>, <c>http</c> or <c>refresh</c>.</param>
    /// <param name="remote">The sender's address.</param>
    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "TokenRefused {Cause} over {Way} from {Remote}")]
    public partial void TokenRefused(TokenRefusal cause, string way, IPAddress? remote);

    /// <summary>A token was accepted. The user id is from a proven token and has only letters, digits, - and _.</summary>
    [LoggerMessage(EventId = 2002, Level = LogLevel.Debug, Message = "TokenAccepted {User} over {Way} from {Remote}")]
    public partial void TokenAccepted(string user, string way, IPAddress? remote);
}
