using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Members;

/// <summary>The shape of <see cref="SetMember"/> for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SetMemberBody
{
    [Description("What the user may do in the workspace.")]
    [AllowedValues(RoleNames.Member, RoleNames.Moderator, RoleNames.Admin, RoleNames.Auditor)]
    public required string Role { get; init; }
}
