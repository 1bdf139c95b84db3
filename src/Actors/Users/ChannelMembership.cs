using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Users;

/// <summary>A channel that a user is a member of by name.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Workspace">Where it belongs.</param>
/// <param name="Visibility">What kind of channel it is.</param>
internal sealed record ChannelMembership(ChannelId Channel, WorkspaceId Workspace, ChannelVisibility Visibility);
