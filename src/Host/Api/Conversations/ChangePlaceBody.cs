using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Host.Api.Description;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Conversations;

/// <summary>The shape of <see cref="ChangePlace"/> for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
[NotEmpty]
internal sealed record ChangePlaceBody
{
    [Description("The new name, without control characters and blanks at its ends.")]
    [MinLength(1)]
    [MaxLength(PayloadLimits.NameLength)]
    public string? Name { get; init; }

    [Description("true: it takes no messages, or no changes, any more. false: it does again.")]
    public bool? Archived { get; init; }
}
