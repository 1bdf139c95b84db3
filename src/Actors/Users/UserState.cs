using System.Collections.Immutable;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Users;

/// <summary>A user: how they want to be seen, where they are members, and the call they are in.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
/// <param name="Status">What they last said, with the event's number as its version; null when they never did.</param>
/// <param name="Channels">Channels that they are a member of by name.</param>
/// <param name="Call">The call that they take part in; null for none.</param>
internal sealed record UserState(
    StreamId Stream,
    long Seq,
    long At,
    StatusRegister? Status,
    ImmutableDictionary<ChannelId, ChannelMembership> Channels,
    CallId? Call) : ConversationState(Stream, Seq, At)
{
    /// <inheritdoc/>
    public override bool Exists => true;

    /// <summary>The user.</summary>
    public UserId User => UserId.Parse(Stream.Id);

    /// <summary>The state before the first event.</summary>
    public static new UserState Empty(StreamId stream) => new(stream, 0, 0, null, ImmutableDictionary<ChannelId, ChannelMembership>.Empty, null);

    /// <inheritdoc/>
    public override bool Admits(Requester who, in AccessFacts access) => who.User.Value == Stream.Id;

    /// <inheritdoc/>
    public override bool IsShapedBy(string eventType) => eventType is
        EventTypes.StatusSet or EventTypes.ChannelJoined or EventTypes.ChannelLeft or EventTypes.CallAnswered or EventTypes.CallEnded;

    /// <inheritdoc/>
    protected override ConversationState Fold(NumberedEvent e) => e.Event switch
    {
        ConversationEvent.StatusSet s => this with { Status = new StatusRegister(s.Status, s.Text, s.ExpiresAt, e.Seq) },
        ConversationEvent.ChannelJoined c => this with { Channels = Channels.SetItem(c.Channel, new ChannelMembership(c.Channel, c.Workspace, c.Visibility)) },
        ConversationEvent.ChannelLeft c => this with { Channels = Channels.Remove(c.Channel) },
        ConversationEvent.CallAnswered c => this with { Call = c.Call },
        ConversationEvent.CallEnded c => Call == c.Call ? this with { Call = null } : this,
        _ => this,
    };
}
