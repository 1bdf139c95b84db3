using System.Collections.Immutable;
using QuikApp.Actors.Calls;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Threads;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// The rules of conversations: a command, the state and the looked-up facts give events or a refusal. Pure, so that it can be
/// simulated, fuzzed and replayed.
/// </summary>
internal static class ConversationRules
{
    /// <summary>Decides one command.</summary>
    /// <param name="state">The conversation, all earlier decisions applied.</param>
    /// <param name="facts">What else the command depends on, all earlier decisions applied.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="nowMicros">The clock, microseconds since the epoch; event times are forced to rise.</param>
    public static Decision Decide(ConversationState state, IConversationFacts facts, ConversationCommand command, long nowMicros)
    {
        if (!MayAct(state, facts, command))
            return new Decision.Refused(Refusal.Unauthorized);
        if (facts.Earlier(command) is { } earlier)
        {
            return earlier.SameBody
                ? new Decision.AlreadyDone(earlier.Receipt)
                : new Decision.Refused(Refusal.IdempotencyConflict);
        }

        return state switch
        {
            ChannelState channel => ChannelRules.Decide(channel, facts, command, nowMicros),
            ThreadState thread => ThreadRules.Decide(thread, facts, command, nowMicros),
            WorkspaceState workspace => WorkspaceRules.Decide(workspace, facts, command, nowMicros),
            UserState user => UserRules.Decide(user, facts, command, nowMicros),
            CallState call => CallRules.Decide(call, facts, command, nowMicros),
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
    }

    /// <summary>Whether the requester may do anything at all here; if not, the command is refused as <c>unauthorized</c>.</summary>
    public static bool MayAct(ConversationState state, IConversationFacts facts, ConversationCommand command) => (state, command) switch
    {
        (_, ConversationCommand.Record or ConversationCommand.Enrol or ConversationCommand.EndRinging or ConversationCommand.DropParticipant) => command.By.IsServer,
        (_, { By.IsServer: true }) => true,
        (ChannelState, ConversationCommand.Create) => facts.Access(command.By).Standing.IsMember,
        (ChannelState { Exists: true }, ConversationCommand.AddMember or ConversationCommand.RemoveMember or ConversationCommand.Rename or ConversationCommand.Archive)
            // Moderators of the workspace govern a channel that they are not in themselves.
            => state.Admits(command.By, facts.Access(command.By)) || facts.Access(command.By).Standing.Moderates,
        (WorkspaceState, ConversationCommand.CreateWorkspace) => command.By.Role == Role.Admin,
        (UserState, ConversationCommand.Revoke) => command.By.Role == Role.Admin || state.Admits(command.By, default),
        _ => state.Admits(command.By, facts.Access(command.By)),
    };

    /// <summary>The command is not one of this kind of conversation.</summary>
    public static Decision NotHere() => new Decision.Refused(Refusal.InvalidEvent);

    /// <summary>It holds already.</summary>
    public static Decision AlreadyDone(ConversationState state) => new Decision.AlreadyDone(new Receipt(state.Seq, state.At));

    /// <summary>Numbers events behind the state.</summary>
    public static Decision.Accepted Accept(ConversationState state, Requester by, long now, params ReadOnlySpan<ConversationEvent> events)
    {
        var numbered = ImmutableArray.CreateBuilder<NumberedEvent>(events.Length);
        var (seq, at) = (state.Seq, state.At);
        foreach (var e in events)
        {
            at = Math.Max(now, at + 1);
            numbered.Add(new NumberedEvent(state.Stream, ++seq, at, by.User, e));
        }

        return new Decision.Accepted(numbered.MoveToImmutable(), new Receipt(seq, at));
    }
}
