using Microsoft.AspNetCore.Authorization;
using QuikApp.Host.Authentication;

namespace QuikApp.Host.Api;

/// <summary>Names of the authorization policies. Membership is no policy: conversations decide it with the state of the moment.</summary>
internal static class ApiPolicies
{
    /// <summary>Role <c>admin</c>.</summary>
    public const string Admin = "admin";

    /// <summary>Adds them.</summary>
    public static void Add(AuthorizationOptions options) =>
        options.AddPolicy(Admin, policy => policy.RequireAuthenticatedUser().RequireRole(RoleNames.Admin));
}
