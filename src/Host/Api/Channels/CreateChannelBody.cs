using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Channels;

/// <summary>The shape of <see cref="CreateChannel"/> for the document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateChannelBody
{
    [Description("The name shown to people, without control characters and blanks at its ends.")]
    [MinLength(1)]
    [MaxLength(PayloadLimits.NameLength)]
    public required string Name { get; init; }

    [Description("public: open to every member of the workspace. private: to its own members alone.")]
    [AllowedValues("public", "private")]
    public required string Visibility { get; init; }
}
