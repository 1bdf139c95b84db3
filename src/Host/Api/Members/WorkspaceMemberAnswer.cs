using System.ComponentModel;

namespace QuikApp.Host.Api.Members;

/// <summary>A member of a workspace.</summary>
[Description("A member of a workspace.")]
internal sealed record WorkspaceMemberAnswer(
    [property: Description("The user.")] string UserId,
    [property: Description("member, moderator, admin or auditor.")] string Role);
