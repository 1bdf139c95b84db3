using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// A conversation folded from its stream: who may do what, and the next number. Nothing in it grows with history:
/// messages are found by number in the journal.
/// </summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
/// <param name="Channel">What the channel is; null until it was created.</param>
/// <param name="Members">Members by name. A public channel is also open to its workspace.</param>
internal sealed record ConversationState(
    StreamId Stream,
    long Seq,
    long At,
    ChannelInfo? Channel,
    ImmutableHashSet<UserId> Members)
{
    /// <summary>The state before the first event.</summary>
    public static ConversationState Empty(StreamId stream) => new(stream, 0, 0, null, []);

    /// <summary>Whether <paramref name="who"/> may see and write. Auditors read journals, not conversations.</summary>
    public bool Admits(Requester who)
    {
        if (Channel is not { } channel)
            return false;
        if (Members.Contains(who.User))
            return true;
        return channel.Visibility == ChannelVisibility.Public && who.Workspaces.Contains(channel.Workspace);
    }

    /// <summary>Goes on to <paramref name="seq"/> over events that change nothing here (messages and their reactions).</summary>
    public ConversationState AdvanceTo(long seq, long at) => this with { Seq = seq, At = at };

    /// <summary>Folds the next event in.</summary>
    /// <exception cref="InvalidOperationException">The event is not the next one of this stream.</exception>
    public ConversationState Apply(NumberedEvent e)
    {
        if (e.Stream != Stream || e.Seq != Seq + 1 || e.At <= At)
            throw new InvalidOperationException($"{e.Stream} {e.Seq} does not follow {Stream} {Seq}");

        var next = this with { Seq = e.Seq, At = e.At };
        return e.Event switch
        {
            ConversationEvent.ChannelCreated c => next with { Channel = new ChannelInfo(c.Channel, c.Workspace, c.Name, c.Visibility) },
            ConversationEvent.MemberAdded m => next with { Members = Members.Add(m.User) },
            ConversationEvent.MemberRemoved m => next with { Members = Members.Remove(m.User) },
            _ => next,
        };
    }
}
