using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// What a decision must know of history that the state does not hold, because history grows and the state must not.
/// Looked up before the decision, so that the decision itself stays pure.
/// </summary>
internal interface IConversationFacts
{
    /// <summary>The message as it stands now; null when there never was one.</summary>
    MessageView? Message(MessageId id);

    /// <summary>What the command's idempotency key already stands for; null when it is new or the command has none.</summary>
    EarlierSend? Earlier(ConversationCommand.Send send);
}
