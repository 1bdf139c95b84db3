using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>What can be asked of a conversation. The answer is a <see cref="Decision"/>.</summary>
/// <param name="By">Who asks.</param>
internal abstract partial record ConversationCommand(Requester By)
{
    /// <summary>The message the decision depends on, which must be looked up first; null when there is none.</summary>
    public virtual MessageId? Concerns => null;

    /// <summary>What a repeat is recognised by, for the life of the conversation; null when every command is a new one.</summary>
    public virtual string? Key => null;

    /// <summary>Whether asking once more changes nothing: it may be asked again where the first may have been lost on the way.</summary>
    public virtual bool IsIdempotent => Key is not null;

    /// <summary>Whether the answer waits until what follows elsewhere is done too: the asker goes there next.</summary>
    public virtual bool AwaitsRelays => false;

    /// <summary>
    /// What happened in another conversation, told by its actor: recorded here once. The rules of each kind say which events
    /// they take; nobody but the server can ask this.
    /// </summary>
    /// <param name="By">The server, in the name of who did it.</param>
    /// <param name="Origin">The event that this one follows from: <c>stream, number, what for</c>.</param>
    /// <param name="Event">What to record.</param>
    public sealed record Record(Requester By, string Origin, ConversationEvent Event) : ConversationCommand(By)
    {
        public override string? Key => $"relay\n{Origin}";
    }
}
