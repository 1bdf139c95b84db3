using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuikApp.Host.Api.Description;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Channels;

/// <summary>The shape of <see cref="CreateChannel"/> for the document.</summary>
[Alternatives(typeof(Named), typeof(Direct))]
internal sealed record CreateChannelBody
{
    /// <summary>A channel for many.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Named
    {
        [Description("The name shown to people, without control characters and blanks at its ends.")]
        [MinLength(1)]
        [MaxLength(PayloadLimits.NameLength)]
        public required string Name { get; init; }

        [Description("public: open to every member of the workspace. private: to its own members alone.")]
        [AllowedValues("public", "private")]
        public required string Visibility { get; init; }
    }

    /// <summary>The one channel of two members of the workspace.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Direct
    {
        [Description("direct: to the caller and one other member, for ever.")]
        [AllowedValues("direct")]
        public required string Visibility { get; init; }

        [Description("The other member.")]
        [RegularExpression(ApiShapes.Id)]
        public required string With { get; init; }
    }
}
