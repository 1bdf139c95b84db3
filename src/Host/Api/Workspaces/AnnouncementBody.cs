using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>The shape of <see cref="Announcement"/> for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AnnouncementBody
{
    [Description("The text, at most 16 KiB of UTF-8.")]
    [MinLength(1)]
    [MaxLength(PayloadLimits.ContentBytes)]
    public required string Content { get; init; }
}
