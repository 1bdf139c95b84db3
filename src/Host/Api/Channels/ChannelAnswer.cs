using System.ComponentModel;
using QuikApp.Actors.Channels;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Channels;

/// <summary>A channel as the API shows it.</summary>
[Description("A channel.")]
internal sealed record ChannelAnswer(
    [property: Description("The channel's id, of which its topic is made.")] string Id,
    [property: Description("The workspace that it belongs to.")] string WorkspaceId,
    [property: Description("The name shown to people; a direct channel has none.")] string? Name,
    [property: Description("public, private or direct.")] string Visibility,
    [property: Description("Of a direct channel the other member.")] string? With,
    [property: Description("Whether it takes no messages any more.")] bool Archived,
    [property: Description("RFC 3339, UTC.")] string CreatedAt)
{
    /// <summary>A channel as it is.</summary>
    /// <param name="channel">What it is.</param>
    /// <param name="with">Of a direct channel the other member.</param>
    /// <param name="at">When it was created.</param>
    public static ChannelAnswer Of(ChannelInfo channel, UserId? with, DateTimeOffset at) => new(
        channel.Channel.Value,
        channel.Workspace.Value,
        channel.Visibility == ChannelVisibility.Direct ? null : channel.Name,
        Words<ChannelVisibility>.Of(channel.Visibility),
        with?.Value,
        channel.Archived,
        Rfc3339.Format(at));

    /// <summary>Of a direct channel the member who is not the caller; null for the other kinds.</summary>
    public static UserId? OtherOf(ChannelState state, UserId caller) => state.Channel?.Visibility == ChannelVisibility.Direct
        ? state.Members.FirstOrDefault(member => member != caller)
        : null;
}
