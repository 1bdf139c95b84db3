using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Conversations;

/// <summary>A conversation's state and the head of its chain, as of one event.</summary>
internal sealed record ConversationSnapshot(ConversationState State, ChainHead Head);
