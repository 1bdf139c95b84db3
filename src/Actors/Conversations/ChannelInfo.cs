using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>What a channel is: fixed by its first event.</summary>
internal sealed record ChannelInfo(ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility);
