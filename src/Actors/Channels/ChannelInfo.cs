using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Channels;

/// <summary>What a channel is.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Workspace">Where it belongs.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Visibility">Who may join without being a member.</param>
/// <param name="Archived">Whether it takes no messages any more.</param>
internal sealed record ChannelInfo(ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility, bool Archived = false);
