using System.Collections.Immutable;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <summary>Who reacted to a message with one emoji.</summary>
/// <param name="Emoji">Canonical key.</param>
/// <param name="Users">At least one, each once, in the order in which they reacted.</param>
public sealed record ReactionTally(string Emoji, ImmutableArray<UserId> Users);
