using System.ComponentModel;

namespace QuikApp.Host.Api.Users;

/// <summary>The answer to a revocation.</summary>
[Description("A revocation that is durable.")]
internal sealed record RevokedAnswer(
    [property: Description("The user.")] string UserId,
    [property: Description("Tokens made before are void. RFC 3339, UTC, cut to milliseconds.")] string RevokedBefore);
