using QuikApp.Actors.Relays;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Users;

/// <summary>What follows from a user's events: a call that came while they were in another one hears that they are busy.</summary>
internal static class UserConsequences
{
    /// <summary>Whether the event says that a call found the user in another one.</summary>
    public static bool IsBusySignal(UserState state, CallEnded ended) =>
        ended.Reason == CallEndReason.Missed && state.Call is { } other && other != ended.Call;

    /// <summary>What follows from an event that was found to have consequences; the user may have hung up the other call since.</summary>
    public static IEnumerable<Consequence> Of(UserState state, NumberedEvent e) =>
        e.Event is CallEnded { Reason: CallEndReason.Missed } ended
            ? [Consequences.Record(StreamId.Of(ended.Call), e, new CallDeclined(ended.Call, Busy: true), by: state.User)]
            : [];
}
