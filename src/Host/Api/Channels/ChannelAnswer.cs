using System.ComponentModel;
using QuikApp.Actors.Channels;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Channels;

/// <summary>A channel as the API shows it.</summary>
[Description("A channel.")]
internal sealed record ChannelAnswer(
    [property: Description("The channel's id, of which its topic is made.")] string Id,
    [property: Description("The workspace that it belongs to.")] string WorkspaceId,
    [property: Description("The name shown to people.")] string Name,
    [property: Description("public, private or direct.")] string Visibility,
    [property: Description("Whether it takes no messages any more.")] bool Archived,
    [property: Description("RFC 3339, UTC.")] string CreatedAt)
{
    /// <summary>A channel as it is.</summary>
    /// <param name="channel">What it is.</param>
    /// <param name="at">When it was created.</param>
    public static ChannelAnswer Of(ChannelInfo channel, DateTimeOffset at) => new(
        channel.Channel.Value,
        channel.Workspace.Value,
        channel.Name,
        Words<ChannelVisibility>.Of(channel.Visibility),
        channel.Archived,
        Rfc3339.Format(at));
}
