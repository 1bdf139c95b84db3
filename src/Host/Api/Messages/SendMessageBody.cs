using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Host.Api.Description;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Messages;

/// <summary>The shape of <see cref="SendMessage"/> for the document; a test holds the two together.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SendMessageBody
{
    [Description("The text, at most 16 KiB of UTF-8; empty only with an attachment.")]
    [MaxLength(PayloadLimits.ContentBytes)]
    public required string Content { get; init; }

    [Description("Descriptions of files that are stored elsewhere.")]
    [MaxLength(PayloadLimits.Attachments)]
    public AttachmentBody[]? Attachments { get; init; }

    [Description("Users mentioned.")]
    [MaxLength(PayloadLimits.Mentions)]
    [Items(ApiShapes.Id)]
    public string[]? Mentions { get; init; }

    [Description("Idempotency key for the life of the channel; the header Idempotency-Key is another name for it.")]
    [RegularExpression("^[ -~]{1,64}$")]
    public string? ClientId { get; init; }

    [Description("The thread to write into.")]
    [RegularExpression(ApiShapes.Id)]
    public string? ThreadId { get; init; }
}
