using QuikApp.Actors.Relays;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Calls;

/// <summary>What follows from a call's events: it rings at users, stops ringing, and its channel keeps the record.</summary>
internal static class CallConsequences
{
    /// <summary>What follows.</summary>
    public static IEnumerable<Consequence> Of(CallState state, NumberedEvent e)
    {
        var info = state.Info!;
        return e.Event switch
        {
            CallStarted c => info.Invited.Where(user => user != e.By)
                .Select(user => Consequences.Record(StreamId.Of(user), e, new CallRang(c.Call, c.Channel, c.Media, c.CallerName))),
            CallJoined c => [Consequences.Record(StreamId.Of(e.By), e, new CallAnswered(c.Call, c.Device))],
            // Who is busy has a missed call already.
            CallDeclined { Busy: false } c => [End(e.By, e, c.Call, info, CallEndReason.Declined, 0)],
            CallUnanswered c => c.Missed.Select(user => End(user, e, c.Call, info, CallEndReason.Missed, 0)),
            CallLeft c => [End(e.By, e, c.Call, info, CallEndReason.Ended, state.DurationAt(e.At))],
            CallEnded c => Ended(state, info, e, c),
            _ => [],
        };
    }

    private static IEnumerable<Consequence> Ended(CallState state, CallInfo info, NumberedEvent e, CallEnded ended)
    {
        yield return Consequences.Record(StreamId.Of(info.Channel), e, ended);
        foreach (var user in state.Ringing)
            yield return End(user, e, ended.Call, info, CallEndReason.Missed, 0);
        foreach (var user in state.Participants.Keys)
            yield return End(user, e, ended.Call, info, ended.Reason, ended.Duration);
        if (!state.CallerJoined)
            yield return End(info.Caller, e, ended.Call, info, ended.Reason, ended.Duration);
    }

    private static Consequence End(UserId user, NumberedEvent e, CallId call, CallInfo info, CallEndReason reason, long duration) =>
        Consequences.Record(StreamId.Of(user), e, new CallEnded(call, info.Channel, reason, duration));
}
