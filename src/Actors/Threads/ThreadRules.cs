using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Threads;

/// <summary>The rules of threads. Pure.</summary>
internal static class ThreadRules
{
    /// <summary>Decides one command of a requester who may act here.</summary>
    public static Decision Decide(ThreadState state, IConversationFacts facts, ConversationCommand command, long now)
    {
        if (command is Record { Event: ThreadCreated } record)
            return state.Exists ? ConversationRules.AlreadyDone(state) : ConversationRules.Accept(state, record.By, now, record.Event);
        if (state.Thread is not { } thread || command is Send { Within: { } channel } && channel != thread.Channel)
            return new Decision.Refused(Refusal.NotFound);

        var access = facts.Access(command.By);
        if (access.Standing.IsReader)
            return new Decision.Refused(Refusal.Forbidden);
        if (access.Parent?.Channel?.Archived == true)
            return new Decision.Refused(Refusal.Archived);
        return MessageRules.Decide(state, thread.Thread, facts, command, now) ?? ConversationRules.NotHere();
    }
}
