using QuikApp.Actors.Channels;

namespace QuikApp.Actors.Access;

/// <summary>What an authorisation rule must know beyond the conversation's own state.</summary>
/// <param name="Standing">What the requester is in the conversation's workspace.</param>
/// <param name="Parent">The channel whose rights count, for threads and calls.</param>
internal readonly record struct AccessFacts(Standing Standing, ChannelState? Parent = null);
