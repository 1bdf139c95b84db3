using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Messages;

/// <summary>An attachment as bodies and answers have it, for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AttachmentBody
{
    [Description("File name as shown to people.")]
    [MinLength(1)]
    [MaxLength(PayloadLimits.AttachmentNameLength)]
    public required string Name { get; init; }

    [Description("Length in bytes.")]
    [Range(0, PayloadLimits.MaxInteger)]
    public required long Size { get; init; }

    [Description("Media type (RFC 6838).")]
    [MaxLength(PayloadLimits.MediaTypeLength)]
    public required string Type { get; init; }

    [Description("SHA-256 of the content.")]
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string Sha256 { get; init; }

    [Description("Absolute https or http address.")]
    [MaxLength(PayloadLimits.UrlLength)]
    public required string Url { get; init; }
}
