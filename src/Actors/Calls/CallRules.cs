using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Calls;

/// <summary>The rules of calls: ringing, answered, ended. One device a user takes part; the conversation decides which. Pure.</summary>
internal static class CallRules
{
    /// <summary>Decides one command of a requester who may act here.</summary>
    public static Decision Decide(CallState state, IConversationFacts facts, ConversationCommand command, long now)
    {
        if (command is Record { Event: CallStarted } record)
            return state.Exists ? ConversationRules.AlreadyDone(state) : ConversationRules.Accept(state, record.By, now, record.Event);
        if (state.Info is not { } info)
            return new Decision.Refused(Refusal.NotFound);
        if (state.Phase == CallPhase.Ended)
            return command.By.IsServer ? ConversationRules.AlreadyDone(state) : new Decision.Refused(Refusal.CallEnded);

        return command switch
        {
            Record { Event: CallDeclined { Busy: true } } c => Decline(state, c.By, busy: true, now),
            AcceptCall c => Decide(state, facts, c, now),
            DeclineCall c => Decline(state, c.By, busy: false, now),
            EndCall c => HangUp(state, info, c.By, now),
            DropParticipant c => Decide(state, info, facts, c, now),
            EndRinging c => Decide(state, c, now),
            _ => ConversationRules.NotHere(),
        };
    }

    private static Decision Decide(CallState state, IConversationFacts facts, AcceptCall c, long now)
    {
        if (facts.Access(c.By).Standing.IsReader)
            return new Decision.Refused(Refusal.Forbidden);
        if (state.Participants.TryGetValue(c.By.User, out var there))
        {
            if (there.Session == c.By.Session)
                return ConversationRules.AlreadyDone(state);
            // One winner: another device gets the call only when the first one is gone, or by asking for it.
            if (facts.IsAttached(there.Session) && !c.Takeover)
                return new Decision.Refused(Refusal.AnsweredElsewhere);
        }

        return ConversationRules.Accept(state, c.By, now, new CallJoined(state.Info!.Call, c.By.Device, c.By.Session));
    }

    private static Decision Decline(CallState state, Requester by, bool busy, long now)
    {
        if (!state.Ringing.Contains(by.User))
            return ConversationRules.AlreadyDone(state);

        var declined = new CallDeclined(state.Info!.Call, busy);
        if (!state.Ringing.Remove(by.User).IsEmpty)
            return ConversationRules.Accept(state, by, now, declined);
        // Nobody is left who may come: in a call that nobody answered, and in one where the others have left already.
        if (state.Phase == CallPhase.Ringing)
            return ConversationRules.Accept(state, by, now, declined, Ended(state, CallEndReason.Declined, now));
        return state.Participants.Count > 1
            ? ConversationRules.Accept(state, by, now, declined)
            : ConversationRules.Accept(state, by, now, declined, Ended(state, CallEndReason.Ended, now));
    }

    // The caller who gives up ends a call that nobody answered. Later, whoever hangs up leaves, and the last but one ends it.
    private static Decision HangUp(CallState state, CallInfo info, Requester by, long now)
    {
        if (state.Phase == CallPhase.Ringing && by.User == info.Caller)
            return ConversationRules.Accept(state, by, now, Ended(state, CallEndReason.Missed, now));
        if (state.Ringing.Contains(by.User))
            return Decline(state, by, busy: false, now);
        return state.Participants.ContainsKey(by.User) ? Leave(state, by, now) : new Decision.Refused(Refusal.Forbidden);
    }

    private static Decision Decide(CallState state, CallInfo info, IConversationFacts facts, DropParticipant c, long now)
    {
        if (!state.Participants.TryGetValue(c.By.User, out var there) || there.Session != c.Session || facts.IsAttached(c.Session))
            return ConversationRules.AlreadyDone(state);
        return state.Phase == CallPhase.Ringing && c.By.User == info.Caller
            ? ConversationRules.Accept(state, c.By, now, Ended(state, CallEndReason.Missed, now))
            : Leave(state, c.By, now);
    }

    private static Decision.Accepted Leave(CallState state, Requester by, long now)
    {
        var left = new CallLeft(state.Info!.Call);
        // Somebody may still come while it rings for them.
        return state.Participants.Count <= 2 && state.Ringing.IsEmpty
            ? ConversationRules.Accept(state, by, now, left, Ended(state, CallEndReason.Ended, now))
            : state.Participants.Count <= 1
                ? ConversationRules.Accept(state, by, now, left, Ended(state, state.AnsweredAt is null ? CallEndReason.Missed : CallEndReason.Ended, now))
                : ConversationRules.Accept(state, by, now, left);
    }

    private static Decision Decide(CallState state, EndRinging c, long now)
    {
        if (state.Phase == CallPhase.Ringing)
            return ConversationRules.Accept(state, c.By, now, Ended(state, CallEndReason.Missed, now));
        if (state.Ringing.IsEmpty)
            return ConversationRules.AlreadyDone(state);

        var unanswered = new CallUnanswered(state.Info!.Call, [.. state.Ringing.OrderBy(user => user.Value, StringComparer.Ordinal)]);
        return state.Participants.Count <= 1
            ? ConversationRules.Accept(state, c.By, now, unanswered, Ended(state, CallEndReason.Ended, now))
            : ConversationRules.Accept(state, c.By, now, unanswered);
    }

    private static CallEnded Ended(CallState state, CallEndReason reason, long now) =>
        new(state.Info!.Call, state.Info.Channel, reason, state.DurationAt(now));
}
