using System.Collections.Immutable;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Calls;

/// <summary>A call: who is rung for, who takes part, and since when.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
/// <param name="Info">What the call is; null until it began.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="Ringing">Whom it still rings for.</param>
/// <param name="Declined">Who declined.</param>
/// <param name="Participants">Who takes part, the caller from the beginning.</param>
/// <param name="AnsweredAt">When somebody first answered, microseconds since the epoch.</param>
/// <param name="CallerJoined">Whether the caller ever took part.</param>
internal sealed record CallState(
    StreamId Stream,
    long Seq,
    long At,
    CallInfo? Info,
    CallPhase Phase,
    ImmutableHashSet<UserId> Ringing,
    ImmutableHashSet<UserId> Declined,
    ImmutableDictionary<UserId, Participant> Participants,
    long? AnsweredAt,
    bool CallerJoined) : ConversationState(Stream, Seq, At)
{
    /// <inheritdoc/>
    public override bool Exists => Info is not null;

    /// <inheritdoc/>
    public override ChannelId? Parent => Info?.Channel;

    /// <summary>Whether it began and has not ended.</summary>
    public bool IsOpen => Exists && Phase != CallPhase.Ended;

    /// <summary>The state before the first event.</summary>
    public static new CallState Empty(StreamId stream) =>
        new(stream, 0, 0, null, CallPhase.Ringing, [], [], ImmutableDictionary<UserId, Participant>.Empty, null, false);

    /// <inheritdoc/>
    public override bool Admits(Requester who, in AccessFacts access) => Exists && access.Parent?.Admits(who, access.Standing) == true;

    /// <summary>Whole seconds since the first answer; 0 when nobody answered.</summary>
    /// <param name="now">The clock, microseconds since the epoch.</param>
    public long DurationAt(long now) => AnsweredAt is { } answered ? Math.Max(0, now - answered) / 1_000_000 : 0;

    /// <inheritdoc/>
    protected override ConversationState Fold(NumberedEvent e) => e.Event switch
    {
        ConversationEvent.CallStarted c => this with
        {
            Info = new CallInfo(c.Call, c.Channel, c.Media, e.By, c.CallerName, [.. c.Invited], e.At),
            Ringing = [.. c.Invited.Where(user => user != e.By)],
        },
        ConversationEvent.CallJoined c => this with
        {
            Participants = Participants.SetItem(e.By, new Participant(e.By, c.Device, c.Session)),
            Ringing = Ringing.Remove(e.By),
            Declined = Declined.Remove(e.By),
            // The caller's own joining is no answer.
            Phase = e.By == Info!.Caller ? Phase : CallPhase.Answered,
            AnsweredAt = e.By == Info.Caller ? AnsweredAt : AnsweredAt ?? e.At,
            CallerJoined = CallerJoined || e.By == Info.Caller,
        },
        ConversationEvent.CallDeclined => this with { Ringing = Ringing.Remove(e.By), Declined = Declined.Add(e.By) },
        ConversationEvent.CallUnanswered c => this with { Ringing = Ringing.Except(c.Missed) },
        ConversationEvent.CallLeft => this with { Participants = Participants.Remove(e.By) },
        // Who it rang for and who took part stays: they are to be told.
        ConversationEvent.CallEnded => this with { Phase = CallPhase.Ended },
        _ => this,
    };
}
