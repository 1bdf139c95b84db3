using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// The rules of a conversation: a command, the state and the looked-up facts give events or a refusal. Pure, so that it
/// can be simulated, fuzzed and replayed.
/// </summary>
internal static class ConversationRules
{
    /// <summary>Kinds of reaction a message can carry.</summary>
    public const int MaxReactionKinds = 20;

    /// <summary>Decides one command.</summary>
    /// <param name="state">The conversation, all earlier decisions applied.</param>
    /// <param name="facts">History that the command depends on, all earlier decisions applied.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="nowMicros">The clock, microseconds since the epoch; event times are forced to rise.</param>
    public static Decision Decide(ConversationState state, IConversationFacts facts, ConversationCommand command, long nowMicros) =>
        command switch
        {
            _ when !MayAct(state, command) => new Decision.Refused(Refusal.Unauthorized),
            Create c => Decide(state, c, nowMicros),
            AddMember c => Decide(state, c, nowMicros),
            RemoveMember c => Decide(state, c, nowMicros),
            Send c => Decide(state, facts, c, nowMicros),
            Edit c => Decide(state, facts, c, nowMicros),
            Delete c => Decide(state, facts, c, nowMicros),
            React c => Decide(state, facts, c, nowMicros),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };

    /// <summary>Whether the requester may do anything at all here; if not, the command is refused as <c>unauthorized</c>.</summary>
    public static bool MayAct(ConversationState state, ConversationCommand command) => command switch
    {
        Create c => c.By.IsServer || c.By.Workspaces.Contains(c.Workspace),
        // Moderators of the workspace change the membership of a channel that they are not in themselves.
        AddMember or RemoveMember => state.Admits(command.By) || Governs(state, command.By),
        _ => state.Admits(command.By),
    };

    private static bool Governs(ConversationState state, Requester by) =>
        state.Channel is { } channel && by.Moderates && (by.IsServer || by.Workspaces.Contains(channel.Workspace));

    private static Decision Decide(ConversationState state, Create c, long now)
    {
        if (state.Channel is { } there)
        {
            // Asking again for what is there is a repeat, not a second channel.
            return there == new ChannelInfo(c.Channel, c.Workspace, c.Name, c.Visibility)
                ? new Decision.AlreadyDone(new Receipt(state.Seq, state.At))
                : new Decision.Refused(Refusal.Forbidden);
        }

        ConversationEvent created = new ChannelCreated(c.Channel, c.Workspace, c.Name, c.Visibility);
        // Whoever makes a private channel is its first member: otherwise nobody could ever see it.
        return c.Visibility == ChannelVisibility.Private && !c.By.IsServer
            ? Accept(state, c.By, now, created, new MemberAdded(c.By.User))
            : Accept(state, c.By, now, created);
    }

    private static Decision Decide(ConversationState state, AddMember c, long now)
    {
        if (!Governs(state, c.By) && !state.Members.Contains(c.By.User))
            return new Decision.Refused(Refusal.Forbidden);
        return state.Members.Contains(c.User)
            ? new Decision.AlreadyDone(new Receipt(state.Seq, state.At))
            : Accept(state, c.By, now, new MemberAdded(c.User));
    }

    private static Decision Decide(ConversationState state, RemoveMember c, long now)
    {
        if (c.By.User != c.User && !Governs(state, c.By))
            return new Decision.Refused(Refusal.Forbidden);
        return state.Members.Contains(c.User)
            ? Accept(state, c.By, now, new MemberRemoved(c.User))
            : new Decision.Refused(Refusal.NotFound);
    }

    private static Decision Decide(ConversationState state, IConversationFacts facts, Send c, long now)
    {
        if (facts.Earlier(c) is { } earlier)
        {
            return earlier.SameBody
                ? new Decision.AlreadyDone(earlier.Receipt)
                : new Decision.Refused(Refusal.IdempotencyConflict);
        }

        var sent = new MessageCreated(c.Id, c.Content, c.Attachments, c.Mentions, Thread: null, c.ClientId);
        return Accept(state, c.By, now, [sent], c.Id);
    }

    private static Decision Decide(ConversationState state, IConversationFacts facts, Edit c, long now)
    {
        if (facts.Message(c.Id) is not { DeletedAt: null } message)
            return new Decision.Refused(Refusal.NotFound);
        if (message.User != c.By.User)
            return new Decision.Refused(Refusal.Forbidden);

        return Accept(state, c.By, now, new MessageEdited(c.Id, c.Content, c.Mentions ?? message.Mentions));
    }

    private static Decision Decide(ConversationState state, IConversationFacts facts, Delete c, long now)
    {
        if (facts.Message(c.Id) is not { } message)
            return new Decision.Refused(Refusal.NotFound);
        if (message.User != c.By.User && !c.By.Moderates)
            return new Decision.Refused(Refusal.Forbidden);

        return message.DeletedAt is null
            ? Accept(state, c.By, now, new MessageDeleted(c.Id))
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

        return Accept(state, c.By, now, c.Add ? new ReactionAdded(c.Id, c.Emoji) : new ReactionRemoved(c.Id, c.Emoji));
    }

    private static Decision.Accepted Accept(ConversationState state, Requester by, long now, params ReadOnlySpan<ConversationEvent> events) =>
        Accept(state, by, now, events, message: null);

    private static Decision.Accepted Accept(
        ConversationState state, Requester by, long now, ReadOnlySpan<ConversationEvent> events, MessageId? message)
    {
        var numbered = ImmutableArray.CreateBuilder<NumberedEvent>(events.Length);
        var (seq, at) = (state.Seq, state.At);
        foreach (var e in events)
        {
            at = Math.Max(now, at + 1);
            numbered.Add(new NumberedEvent(state.Stream, ++seq, at, by.User, e));
        }

        return new Decision.Accepted(numbered.MoveToImmutable(), new Receipt(seq, at, message));
    }
}
