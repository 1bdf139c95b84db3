using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Host.Api.Description;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Messages;

/// <summary>The shape of <see cref="EditMessage"/> for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EditMessageBody
{
    [Description("The new text, at most 16 KiB of UTF-8.")]
    [MinLength(1)]
    [MaxLength(PayloadLimits.ContentBytes)]
    public required string Content { get; init; }

    [Description("Who the new text mentions; left out: as before.")]
    [MaxLength(PayloadLimits.Mentions)]
    [Items(ApiShapes.Id)]
    public string[]? Mentions { get; init; }
}
