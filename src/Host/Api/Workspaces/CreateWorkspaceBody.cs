using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Host.Api.Description;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>The shape of <see cref="CreateWorkspace"/> for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateWorkspaceBody
{
    [Description("The id that tokens name it by; left out: the server makes one. It is a key of its own and excludes Idempotency-Key.")]
    [RegularExpression(ApiShapes.Id)]
    public string? Id { get; init; }

    [Description("The name shown to people, without control characters and blanks at its ends.")]
    [MinLength(1)]
    [MaxLength(PayloadLimits.NameLength)]
    public required string Name { get; init; }
}
