using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Relays;

/// <summary>What an event of one conversation means for another.</summary>
/// <param name="Target">The other conversation.</param>
/// <param name="Command">What it is told.</param>
/// <param name="IsLatest">Of several such commands to one target the last says everything: the earlier ones need not be sent.</param>
internal sealed record Consequence(StreamId Target, ConversationCommand Command, bool IsLatest = false);
