namespace QuikApp.Actors.Conversations;

/// <summary>What an idempotency key already stands for.</summary>
/// <param name="Receipt">The first reply.</param>
/// <param name="SameBody">Whether the body was the same.</param>
internal sealed record EarlierSend(Receipt Receipt, bool SameBody);
