using QuikApp.Actors.Access;
using QuikApp.Actors.Calls;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// A conversation folded from its stream: who may do what, and the next number. Nothing in it grows with history: messages
/// are found by number in the journal.
/// </summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
internal abstract record ConversationState(StreamId Stream, long Seq, long At)
{
    /// <summary>Whether there is such a conversation: it was created, or needs no creation (a user's).</summary>
    public abstract bool Exists { get; }

    /// <summary>The workspace whose membership decides with the conversation's own; null where none does or it is the parent's.</summary>
    public virtual WorkspaceId? Workspace => null;

    /// <summary>The channel whose rights are this conversation's; null where it has its own.</summary>
    public virtual ChannelId? Parent => null;

    /// <summary>The state before the first event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No conversation has a stream of that kind.</exception>
    public static ConversationState Empty(StreamId stream) => stream.Kind switch
    {
        "channel" => ChannelState.Empty(stream),
        "thread" => ThreadState.Empty(stream),
        "workspace" => WorkspaceState.Empty(stream),
        "user" => UserState.Empty(stream),
        "call" => CallState.Empty(stream),
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "not the stream of a conversation"),
    };

    /// <summary>Whether <paramref name="who"/> may see it.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="access">What they are in the workspace, and the parent channel where there is one.</param>
    public abstract bool Admits(Requester who, in AccessFacts access);

    /// <summary>Whether an event of that journal name changes this state: recovery opens the bodies of those alone.</summary>
    public virtual bool IsShapedBy(string eventType) => true;

    /// <summary>Goes on to <paramref name="seq"/> over events that change nothing here (in a channel: messages and their reactions).</summary>
    public ConversationState AdvanceTo(long seq, long at) => this with { Seq = seq, At = at };

    /// <summary>Goes on to the end of the stream from the events alone that change this state.</summary>
    /// <param name="shaping">Those above this state's number for which <see cref="IsShapedBy"/> holds, in order.</param>
    /// <param name="seq">Number of the stream's last event.</param>
    /// <param name="at">Its time.</param>
    public ConversationState CatchUp(IEnumerable<NumberedEvent> shaping, long seq, long at) =>
        shaping.Aggregate(this, (state, e) => state.AdvanceTo(e.Seq - 1, e.At - 1).Apply(e)).AdvanceTo(seq, at);

    /// <summary>Folds the next event in.</summary>
    /// <exception cref="InvalidOperationException">The event is not the next one of this stream.</exception>
    public ConversationState Apply(NumberedEvent e)
    {
        if (e.Stream != Stream || e.Seq != Seq + 1 || e.At <= At)
            throw new InvalidOperationException($"{e.Stream} {e.Seq} does not follow {Stream} {Seq}");

        return Fold(e) with { Seq = e.Seq, At = e.At };
    }

    /// <summary>The state after an event that is known to be the next one; number and time are set by the caller.</summary>
    protected abstract ConversationState Fold(NumberedEvent e);
}
