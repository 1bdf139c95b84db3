using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using StartCall = QuikApp.Actors.Conversations.ConversationCommand.StartCall;

namespace QuikApp.Actors.Channels;

/// <summary>The rules of channels. Pure.</summary>
internal static class ChannelRules
{
    /// <summary>Decides one command of a requester who may act here.</summary>
    public static Decision Decide(ChannelState state, IConversationFacts facts, ConversationCommand command, long now)
    {
        if (command is Create create)
            return Decide(state, facts, create, now);
        if (state.Channel is not { } channel)
            return new Decision.Refused(Refusal.NotFound);
        if (command is Record record)
            return Decide(state, record, now);
        if (!command.By.IsServer && facts.Access(command.By).Standing.IsReader)
            return new Decision.Refused(Refusal.Forbidden);

        return command switch
        {
            Archive c => Decide(state, facts, c, now),
            RemoveMember c => Decide(state, facts, c, now),
            _ when channel.Archived => new Decision.Refused(Refusal.Archived),
            Rename c => Decide(state, facts, c, now),
            AddMember c => Decide(state, facts, c, now),
            OpenThread c => Decide(state, facts, c, now),
            StartCall c => Decide(state, c, now),
            _ => MessageRules.Decide(state, thread: null, facts, command, now) ?? ConversationRules.NotHere(),
        };
    }

    private static Decision Decide(ChannelState state, IConversationFacts facts, Create c, long now)
    {
        if (state.Channel is { } there)
        {
            // Asking again for what is there is a repeat, not a second channel. Its name may have changed since.
            var same = there.Workspace == c.Workspace && there.Visibility == c.Visibility && (there.Name == c.Name || c.Visibility == ChannelVisibility.Direct);
            return same ? ConversationRules.AlreadyDone(state) : new Decision.Refused(Refusal.Forbidden);
        }

        if (!c.By.IsServer && facts.Access(c.By).Standing.IsReader)
            return new Decision.Refused(Refusal.Forbidden);
        if (facts.Roster?.Info?.Archived == true)
            return new Decision.Refused(Refusal.Archived);

        ConversationEvent created = new ChannelCreated(c.Channel, c.Workspace, c.Name, c.Visibility);
        if (c.Visibility == ChannelVisibility.Direct)
        {
            if (c.With is not { } other || other == c.By.User || facts.Roster?.Members.ContainsKey(other) != true)
                return new Decision.Refused(Refusal.NotFound);
            return ConversationRules.Accept(state, c.By, now, created, new MemberAdded(c.By.User), new MemberAdded(other));
        }

        // Whoever makes a private channel is its first member: otherwise nobody could ever see it.
        return c.Visibility == ChannelVisibility.Private && !c.By.IsServer
            ? ConversationRules.Accept(state, c.By, now, created, new MemberAdded(c.By.User))
            : ConversationRules.Accept(state, c.By, now, created);
    }

    private static Decision Decide(ChannelState state, IConversationFacts facts, Rename c, long now)
    {
        if (!Governs(state, facts, c.By))
            return new Decision.Refused(Refusal.Forbidden);
        return state.Channel!.Name == c.Name
            ? ConversationRules.AlreadyDone(state)
            : ConversationRules.Accept(state, c.By, now, new ChannelRenamed(state.Channel.Channel, c.Name));
    }

    private static Decision Decide(ChannelState state, IConversationFacts facts, Archive c, long now)
    {
        if (!Governs(state, facts, c.By))
            return new Decision.Refused(Refusal.Forbidden);
        if (state.Channel!.Archived == c.Archived)
            return ConversationRules.AlreadyDone(state);
        return ConversationRules.Accept(
            state, c.By, now, c.Archived ? new ChannelArchived(state.Channel.Channel) : new ChannelRestored(state.Channel.Channel));
    }

    private static Decision Decide(ChannelState state, IConversationFacts facts, AddMember c, long now)
    {
        if (state.Channel!.Visibility == ChannelVisibility.Direct || c.Role is not null)
            return new Decision.Refused(Refusal.Forbidden);
        if (!Governs(state, facts, c.By) && !state.Members.Contains(c.By.User))
            return new Decision.Refused(Refusal.Forbidden);
        if (facts.Roster?.Removed.Contains(c.User) == true)
            return new Decision.Refused(Refusal.NotFound);
        return state.Members.Contains(c.User)
            ? ConversationRules.AlreadyDone(state)
            : ConversationRules.Accept(state, c.By, now, new MemberAdded(c.User));
    }

    private static Decision Decide(ChannelState state, IConversationFacts facts, RemoveMember c, long now)
    {
        if (state.Channel!.Visibility == ChannelVisibility.Direct || (c.By.User != c.User && !Governs(state, facts, c.By)))
            return new Decision.Refused(Refusal.Forbidden);
        return state.Members.Contains(c.User)
            ? ConversationRules.Accept(state, c.By, now, new MemberRemoved(c.User))
            : new Decision.Refused(Refusal.NotFound);
    }

    private static Decision Decide(ChannelState state, IConversationFacts facts, OpenThread c, long now)
    {
        if (facts.Message(c.Id) is not { DeletedAt: null } message)
            return new Decision.Refused(Refusal.NotFound);
        if (message.Replies is { } there)
            return new Decision.AlreadyDone(new Receipt(message.LastSeq, state.At, Thread: there.Thread));

        var opened = ConversationRules.Accept(state, c.By, now, new ThreadOpened(c.Id, c.Thread));
        return new Decision.Accepted(opened.Events, opened.Receipt with { Thread = c.Thread });
    }

    // Who starts a call where one goes on is led to it: two who call each other at once meet in the same call.
    private static Decision Decide(ChannelState state, StartCall c, long now)
    {
        if (state.Call is { } there)
            return new Decision.AlreadyDone(new Receipt(state.Seq, state.At, Call: there));

        var started = ConversationRules.Accept(
            state, c.By, now, new CallStarted(c.Call, state.Channel!.Channel, c.Media, c.By.Name ?? c.By.User.Value, []));
        return new Decision.Accepted(started.Events, started.Receipt with { Call = c.Call });
    }

    private static Decision Decide(ChannelState state, Record c, long now) => c.Event switch
    {
        ThreadUpdated => ConversationRules.Accept(state, c.By, now, c.Event),
        CallEnded ended => state.Call == ended.Call ? ConversationRules.Accept(state, c.By, now, ended) : ConversationRules.AlreadyDone(state),
        _ => ConversationRules.NotHere(),
    };

    private static bool Governs(ChannelState state, IConversationFacts facts, Requester by) =>
        by.IsServer || (facts.Access(by).Standing.Moderates && state.Channel!.Visibility != ChannelVisibility.Direct);
}
