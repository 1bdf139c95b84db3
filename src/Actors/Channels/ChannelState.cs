using System.Collections.Immutable;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Channels;

/// <summary>A channel: what it is, who belongs to it, and the call that goes on in it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
/// <param name="Channel">What the channel is; null until it was created.</param>
/// <param name="Members">Members by name. A public channel is also open to its workspace.</param>
/// <param name="Call">The call that has begun and not ended; a channel has one at a time.</param>
internal sealed record ChannelState(
    StreamId Stream,
    long Seq,
    long At,
    ChannelInfo? Channel,
    ImmutableHashSet<UserId> Members,
    CallId? Call = null) : ConversationState(Stream, Seq, At)
{
    /// <inheritdoc/>
    public override bool Exists => Channel is not null;

    /// <inheritdoc/>
    public override WorkspaceId? Workspace => Channel?.Workspace;

    /// <summary>The state before the first event.</summary>
    public static new ChannelState Empty(StreamId stream) => new(stream, 0, 0, null, []);

    /// <inheritdoc/>
    public override bool Admits(Requester who, in AccessFacts access) => Admits(who, access.Standing);

    /// <summary>Whether <paramref name="who"/> may see it. Who is shut out of the workspace sees none of its channels.</summary>
    public bool Admits(Requester who, Standing standing)
    {
        if (Channel is not { } channel || standing.IsShutOut)
            return false;
        return Members.Contains(who.User) || (channel.Visibility == ChannelVisibility.Public && standing.IsMember);
    }

    /// <inheritdoc/>
    public override bool IsShapedBy(string eventType) => eventType is
        EventTypes.ChannelCreated or EventTypes.ChannelRenamed or EventTypes.ChannelArchived or EventTypes.ChannelRestored
        or EventTypes.MemberAdded or EventTypes.MemberRemoved or EventTypes.CallStarted or EventTypes.CallEnded;

    /// <inheritdoc/>
    protected override ConversationState Fold(NumberedEvent e) => e.Event switch
    {
        ConversationEvent.ChannelCreated c => this with { Channel = new ChannelInfo(c.Channel, c.Workspace, c.Name, c.Visibility) },
        ConversationEvent.ChannelRenamed r => this with { Channel = Channel! with { Name = r.Name } },
        ConversationEvent.ChannelArchived => this with { Channel = Channel! with { Archived = true } },
        ConversationEvent.ChannelRestored => this with { Channel = Channel! with { Archived = false } },
        ConversationEvent.MemberAdded m => this with { Members = Members.Add(m.User) },
        ConversationEvent.MemberRemoved m => this with { Members = Members.Remove(m.User) },
        ConversationEvent.CallStarted c => this with { Call = c.Call },
        ConversationEvent.CallEnded c => Call == c.Call ? this with { Call = null } : this,
        _ => this,
    };
}
