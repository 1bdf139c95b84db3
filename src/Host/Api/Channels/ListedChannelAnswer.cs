using System.ComponentModel;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Channels;

/// <summary>A channel as a list shows it.</summary>
[Description("A channel of a list.")]
internal sealed record ListedChannelAnswer(
    [property: Description("The channel's id, of which its topic is made.")] string Id,
    [property: Description("The name shown to people; a direct channel has none.")] string? Name,
    [property: Description("public, private or direct.")] string Visibility,
    [property: Description("Of a direct channel the other member.")] string? With,
    [property: Description("Whether it takes no messages any more.")] bool Archived)
{
    /// <summary>A public channel, as its workspace lists it.</summary>
    public static ListedChannelAnswer Of(ListedChannel channel) =>
        new(channel.Channel.Value, channel.Name, Words<ChannelVisibility>.Of(ChannelVisibility.Public), null, channel.Archived);

    /// <summary>A channel of the caller's own.</summary>
    public static ListedChannelAnswer Of(ChannelState state, UserId caller)
    {
        var channel = state.Channel!;
        return new(
            channel.Channel.Value,
            channel.Visibility == ChannelVisibility.Direct ? null : channel.Name,
            Words<ChannelVisibility>.Of(channel.Visibility),
            ChannelAnswer.OtherOf(state, caller)?.Value,
            channel.Archived);
    }
}
