using QuikApp.Actors.Access;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// What a decision must know that the state does not hold: history, because it grows and the state must not, and what other
/// conversations say. Looked up before the decision, so that the decision itself stays pure.
/// </summary>
internal interface IConversationFacts
{
    /// <summary>The message as it stands now; null when there never was one.</summary>
    MessageView? Message(MessageId id);

    /// <summary>What the command's key already stands for; null when it is new or the command has none.</summary>
    EarlierSend? Earlier(ConversationCommand command);

    /// <summary>What decides on the requester's access beside the state.</summary>
    AccessFacts Access(Requester who);

    /// <summary>The workspace's members, for a channel; null for others.</summary>
    WorkspaceState? Roster { get; }

    /// <summary>What the user has not read yet, for <see cref="ConversationCommand.MarkRead"/>.</summary>
    ReadFacts Unread(ConversationCommand.MarkRead command);

    /// <summary>Whether a participant's socket is there, for calls.</summary>
    bool IsAttached(string session);
}
