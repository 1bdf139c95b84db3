using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <summary>
/// What can happen in a conversation: the closed set of facts that its stream journals. Who did it, when, and under which
/// number stands in <see cref="NumberedEvent"/>. Channels, threads, workspaces, users and calls are all conversations.
/// </summary>
public abstract partial record ConversationEvent
{
    private ConversationEvent()
    {
    }

    /// <summary>The message of this stream that is concerned, where there is one.</summary>
    public virtual MessageId? Message => null;

    /// <summary>The member concerned, in membership events.</summary>
    public virtual UserId? Member => null;
}
