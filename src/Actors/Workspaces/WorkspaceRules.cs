using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using CreateWorkspace = QuikApp.Actors.Conversations.ConversationCommand.CreateWorkspace;

namespace QuikApp.Actors.Workspaces;

/// <summary>The rules of workspaces. Pure.</summary>
internal static class WorkspaceRules
{
    /// <summary>Decides one command of a requester who may act here.</summary>
    public static Decision Decide(WorkspaceState state, IConversationFacts facts, ConversationCommand command, long now)
    {
        if (command is CreateWorkspace create)
            return Decide(state, create, now);
        if (state.Info is not { } info)
            return new Decision.Refused(Refusal.NotFound);

        return command switch
        {
            Record c => Decide(state, c, now),
            Enrol c => Decide(state, c, now),
            _ when !command.By.IsServer && facts.Access(command.By).Standing.IsReader => new Decision.Refused(Refusal.Forbidden),
            RemoveMember c when c.By.User == c.User => Remove(state, c, now),
            _ when !command.By.IsServer && !facts.Access(command.By).Standing.Administers => new Decision.Refused(Refusal.Forbidden),
            Archive c when c.Archived == info.Archived => ConversationRules.AlreadyDone(state),
            Archive c => ConversationRules.Accept(state, c.By, now, c.Archived ? new WorkspaceArchived() : new WorkspaceRestored()),
            RemoveMember c => Remove(state, c, now),
            _ when info.Archived => new Decision.Refused(Refusal.Archived),
            Rename c when c.Name == info.Name => ConversationRules.AlreadyDone(state),
            Rename c => ConversationRules.Accept(state, c.By, now, new WorkspaceRenamed(c.Name)),
            AddMember c => Decide(state, c, now),
            Announce c => ConversationRules.Accept(state, c.By, now, new AnnouncementMade(c.Content)),
            _ => ConversationRules.NotHere(),
        };
    }

    private static Decision Decide(WorkspaceState state, CreateWorkspace c, long now)
    {
        if (state.Info is { } there)
        {
            return there.Name == c.Name && (c.By.IsServer || state.Members.ContainsKey(c.By.User))
                ? ConversationRules.AlreadyDone(state)
                : new Decision.Refused(Refusal.Forbidden);
        }

        var created = new WorkspaceCreated(c.Workspace, c.Name);
        return c.By.IsServer
            ? ConversationRules.Accept(state, c.By, now, created)
            : ConversationRules.Accept(state, c.By, now, created, new MemberAdded(c.By.User, Role.Admin));
    }

    private static Decision Decide(WorkspaceState state, AddMember c, long now)
    {
        var role = c.Role ?? Role.Member;
        if (!state.Members.TryGetValue(c.User, out var there))
            return ConversationRules.Accept(state, c.By, now, new MemberAdded(c.User, role));
        if (there == role)
            return ConversationRules.AlreadyDone(state);
        return IsLastAdmin(state, c.User)
            ? new Decision.Refused(Refusal.Forbidden)
            : ConversationRules.Accept(state, c.By, now, new MemberChanged(c.User, role));
    }

    private static Decision Remove(WorkspaceState state, RemoveMember c, long now)
    {
        if (IsLastAdmin(state, c.User))
            return new Decision.Refused(Refusal.Forbidden);
        // Who is known by a token's claim alone can be shut out as well.
        return state.Removed.Contains(c.User)
            ? ConversationRules.AlreadyDone(state)
            : ConversationRules.Accept(state, c.By, now, new MemberRemoved(c.User));
    }

    private static Decision Decide(WorkspaceState state, Enrol c, long now) =>
        state.Members.ContainsKey(c.User) || state.Removed.Contains(c.User)
            ? ConversationRules.AlreadyDone(state)
            : ConversationRules.Accept(state, c.By, now, new MemberAdded(c.User, Role.Member));

    private static Decision Decide(WorkspaceState state, Record c, long now) => c.Event switch
    {
        ChannelCreated or ChannelRenamed or ChannelArchived or ChannelRestored => ConversationRules.Accept(state, c.By, now, c.Event),
        _ => ConversationRules.NotHere(),
    };

    // Without an administrator nobody could ever make one again.
    private static bool IsLastAdmin(WorkspaceState state, UserId user) =>
        state.Members.GetValueOrDefault(user) == Role.Admin && state.Members.Count(m => m.Value == Role.Admin) == 1;
}
