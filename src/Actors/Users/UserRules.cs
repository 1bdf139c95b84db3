using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using MarkRead = QuikApp.Actors.Conversations.ConversationCommand.MarkRead;

namespace QuikApp.Actors.Users;

/// <summary>The rules of a user's own stream. Pure.</summary>
internal static class UserRules
{
    /// <summary>Decides one command of a requester who may act here.</summary>
    public static Decision Decide(UserState state, IConversationFacts facts, ConversationCommand command, long now) => command switch
    {
        Record c => Decide(state, c, now),
        MarkRead c => Decide(state, facts.Unread(c), c, now),
        SetStatus c => Decide(state, c, now),
        Revoke c => ConversationRules.Accept(state, c.By, now, new AccessRevoked()),
        _ => ConversationRules.NotHere(),
    };

    private static Decision Decide(UserState state, ReadFacts facts, MarkRead c, long now)
    {
        if (c.UpTo > facts.Head)
            return new Decision.Refused(Refusal.InvalidCursor);

        // Two devices race: what was read stays read.
        if (c.UpTo <= facts.Marked)
            return Counted(ConversationRules.AlreadyDone(state), facts);
        return Counted(
            ConversationRules.Accept(state, c.By, now, new ReadMarked(c.Channel, c.Thread, c.UpTo, facts.Unread, facts.Mentions)), facts);
    }

    private static Decision Counted(Decision decision, ReadFacts facts) => decision switch
    {
        Decision.Accepted a => a with { Receipt = a.Receipt with { Unread = facts.Unread, Mentions = facts.Mentions } },
        Decision.AlreadyDone a => a with { Receipt = a.Receipt with { Unread = facts.Unread, Mentions = facts.Mentions } },
        _ => decision,
    };

    private static Decision Decide(UserState state, SetStatus c, long now)
    {
        if (c.ExpiresAt <= now)
            return new Decision.Refused(Refusal.InvalidPayload(PayloadFault.OutOfRange, "expiresAt"));
        var there = state.Status;
        return there is not null && there.Status == c.Status && there.Text == c.Text && there.ExpiresAt == c.ExpiresAt
            ? ConversationRules.AlreadyDone(state)
            : ConversationRules.Accept(state, c.By, now, new StatusSet(c.Status, c.Text, c.ExpiresAt));
    }

    private static Decision Decide(UserState state, Record c, long now) => c.Event switch
    {
        ChannelJoined joined when state.Channels.ContainsKey(joined.Channel) => ConversationRules.AlreadyDone(state),
        ChannelLeft left when !state.Channels.ContainsKey(left.Channel) => ConversationRules.AlreadyDone(state),
        // In another call: it does not ring, and the call is told (see UserConsequences).
        CallRang rang when state.Call is { } other && other != rang.Call =>
            ConversationRules.Accept(state, c.By, now, new CallEnded(rang.Call, rang.Channel, Protocol.Conversations.CallEndReason.Missed, 0)),
        NotificationCreated or NotificationWithdrawn or ChannelJoined or ChannelLeft or CallRang or CallAnswered or CallEnded =>
            ConversationRules.Accept(state, c.By, now, c.Event),
        _ => ConversationRules.NotHere(),
    };
}
