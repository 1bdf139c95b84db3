using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Threads;

/// <summary>A thread: where it belongs, and the count that its channel is told.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
/// <param name="Thread">What the thread is; null until it was created.</param>
/// <param name="Replies">Replies that are not deleted.</param>
/// <param name="LastReply">The last reply; null before the first.</param>
internal sealed record ThreadState(StreamId Stream, long Seq, long At, ThreadInfo? Thread, long Replies, LastReply? LastReply)
    : ConversationState(Stream, Seq, At)
{
    /// <inheritdoc/>
    public override bool Exists => Thread is not null;

    /// <inheritdoc/>
    public override ChannelId? Parent => Thread?.Channel;

    /// <summary>The state before the first event.</summary>
    public static new ThreadState Empty(StreamId stream) => new(stream, 0, 0, null, 0, null);

    /// <inheritdoc/>
    public override bool Admits(Requester who, in AccessFacts access) => Exists && access.Parent?.Admits(who, access.Standing) == true;

    /// <inheritdoc/>
    protected override ConversationState Fold(NumberedEvent e) => e.Event switch
    {
        ConversationEvent.ThreadCreated t => this with { Thread = new ThreadInfo(t.Thread, t.Channel, t.Root, t.RootAuthor) },
        ConversationEvent.MessageCreated m => this with { Replies = Replies + 1, LastReply = new LastReply(m.Id, e.By, e.At) },
        ConversationEvent.MessageDeleted => this with { Replies = Replies - 1 },
        _ => this,
    };
}
