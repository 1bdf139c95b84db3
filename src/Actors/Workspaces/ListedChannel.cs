using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Workspaces;

/// <summary>A public channel as its workspace lists it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Name">Its name.</param>
/// <param name="Archived">Whether it takes no messages any more.</param>
internal sealed record ListedChannel(ChannelId Channel, string Name, bool Archived);
