using QuikApp.Protocol.Identity;

namespace QuikApp.Host.CommandLine;

/// <summary>What a token of the command line shall say.</summary>
/// <param name="User">The subject.</param>
/// <param name="Workspace">The tenant.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Lifetime">From now until it expires; positive.</param>
internal sealed record TokenRequest(UserId User, WorkspaceId Workspace, string Role, TimeSpan Lifetime)
{
    /// <summary>The roles of the HTTP API, weakest first.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["member", "moderator", "admin", "auditor"];
}
