using System.Collections.Immutable;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Conversations;

/// <content>Calls. The channel journals that a call began and how it ended; so does the stream of each user it rang for.</content>
public abstract partial record ConversationEvent
{
    /// <summary>A call began.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Channel">The channel that it belongs to.</param>
    /// <param name="Media">Sound, or sound and picture.</param>
    /// <param name="CallerName">The caller's name, to be shown.</param>
    /// <param name="Invited">Whom it rings for; empty in the channel's stream.</param>
    public sealed record CallStarted(CallId Call, ChannelId Channel, CallMedia Media, string CallerName, ImmutableArray<UserId> Invited) : ConversationEvent;

    /// <summary>A user takes part from here on.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Device">The kind of device.</param>
    /// <param name="Session">The socket that takes part: random, made by the server.</param>
    public sealed record CallJoined(CallId Call, Device Device, string Session) : ConversationEvent;

    /// <summary>A user who was rung for does not want to, or cannot.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Busy">True when the server said so, because the user is in another call.</param>
    public sealed record CallDeclined(CallId Call, bool Busy) : ConversationEvent;

    /// <summary>The time for answering is over for these; the call goes on with others.</summary>
    public sealed record CallUnanswered(CallId Call, ImmutableArray<UserId> Missed) : ConversationEvent;

    /// <summary>A user takes part no more.</summary>
    public sealed record CallLeft(CallId Call) : ConversationEvent;

    /// <summary>The call is over; in a user's stream, for that user.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Channel">The channel that it belongs to.</param>
    /// <param name="Reason">How.</param>
    /// <param name="Duration">Whole seconds since the first answer; 0 when nobody answered.</param>
    public sealed record CallEnded(CallId Call, ChannelId Channel, CallEndReason Reason, long Duration) : ConversationEvent;
}
