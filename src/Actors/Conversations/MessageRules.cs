using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Conversations;

/// <summary>Messages and reactions: the same in a channel and in a thread. Pure.</summary>
internal static class MessageRules
{
    /// <summary>Kinds of reaction a message can carry.</summary>
    public const int MaxReactionKinds = 20;

    /// <summary>Decides a command about messages; null when it is about something else.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="thread">The thread that the conversation is; null for a channel.</param>
    /// <param name="facts">The messages concerned.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The clock, microseconds since the epoch.</param>
    public static Decision? Decide(ConversationState state, ThreadId? thread, IConversationFacts facts, ConversationCommand command, long now) => command switch
    {
        Send c => Decide(state, thread, c, now),
        Edit c => Decide(state, facts, c, now),
        Delete c => Decide(state, facts, c, now),
        React c => Decide(state, facts, c, now),
        _ => null,
    };

    private static Decision.Accepted Decide(ConversationState state, ThreadId? thread, Send c, long now)
    {
        var sent = ConversationRules.Accept(state, c.By, now, new MessageCreated(c.Id, c.Content, c.Attachments, c.Mentions, thread, c.ClientId));
        return new Decision.Accepted(sent.Events, sent.Receipt with { Message = c.Id });
    }

    private static Decision Decide(ConversationState state, IConversationFacts facts, Edit c, long now)
    {
        if (facts.Message(c.Id) is not { DeletedAt: null } message)
            return new Decision.Refused(Refusal.NotFound);
        if (message.User != c.By.User)
            return new Decision.Refused(Refusal.Forbidden);

        return ConversationRules.Accept(state, c.By, now, new MessageEdited(c.Id, c.Content, c.Mentions ?? message.Mentions));
    }

    private static Decision Decide(ConversationState state, IConversationFacts facts, Delete c, long now)
    {
        if (facts.Message(c.Id) is not { } message)
            return new Decision.Refused(Refusal.NotFound);
        if (message.User != c.By.User && !facts.Access(c.By).Standing.Moderates)
            return new Decision.Refused(Refusal.Forbidden);

        return message.DeletedAt is null
            ? ConversationRules.Accept(state, c.By, now, new MessageDeleted(c.Id))
            : new Decision.AlreadyDone(new Receipt(message.LastSeq, state.At));
    }

    private static Decision Decide(ConversationState state, IConversationFacts facts, React c, long now)
    {
        if (facts.Message(c.Id) is not { DeletedAt: null } message)
            return new Decision.Refused(Refusal.NotFound);

        var tally = message.Reactions.FirstOrDefault(r => r.Emoji == c.Emoji);
        var there = tally?.Users.Contains(c.By.User) == true;
        if (there == c.Add)
            return new Decision.AlreadyDone(new Receipt(message.LastSeq, state.At));
        if (c.Add && tally is null && message.Reactions.Length >= MaxReactionKinds)
            return new Decision.Refused(Refusal.InvalidReaction);

        return ConversationRules.Accept(state, c.By, now, c.Add ? new ReactionAdded(c.Id, c.Emoji) : new ReactionRemoved(c.Id, c.Emoji));
    }
}
