using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <content>Threads: the first event of a thread's own stream, and what its channel journals of it.</content>
public abstract partial record ConversationEvent
{
    /// <summary>The thread exists from here on. Always the first event of its stream.</summary>
    /// <param name="Thread">The thread.</param>
    /// <param name="Channel">The channel, whose rights are the thread's.</param>
    /// <param name="Root">The channel's message that is replied to.</param>
    /// <param name="RootAuthor">Who wrote it: they hear of replies.</param>
    public sealed record ThreadCreated(ThreadId Thread, ChannelId Channel, MessageId Root, UserId RootAuthor) : ConversationEvent;

    /// <summary>In the channel: replies to a message have a thread from here on.</summary>
    /// <param name="Root">The message.</param>
    /// <param name="Thread">Its thread.</param>
    public sealed record ThreadOpened(MessageId Root, ThreadId Thread) : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Root;
    }

    /// <summary>In the channel: how a thread stands. Not one event a reply: what happens meanwhile is told together.</summary>
    /// <param name="Root">The message that is replied to.</param>
    /// <param name="Thread">Its thread.</param>
    /// <param name="Replies">Replies that are not deleted.</param>
    /// <param name="LastReply">The last reply.</param>
    /// <param name="LastReplyBy">Its author.</param>
    /// <param name="LastReplyAt">When it was sent, microseconds since the epoch.</param>
    public sealed record ThreadUpdated(MessageId Root, ThreadId Thread, long Replies, MessageId LastReply, UserId LastReplyBy, long LastReplyAt)
        : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Root;
    }
}
