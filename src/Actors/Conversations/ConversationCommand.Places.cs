using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <content>Channels and workspaces, and who belongs to them.</content>
internal abstract partial record ConversationCommand
{
    /// <summary>Makes a channel exist.</summary>
    /// <param name="By">Who asks.</param>
    /// <param name="Channel">The channel.</param>
    /// <param name="Workspace">Where it belongs.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Visibility">What kind it is.</param>
    /// <param name="With">The other member of a direct channel; null for the other kinds.</param>
    public sealed record Create(
        Requester By, ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility, UserId? With = null)
        : ConversationCommand(By)
    {
        public override bool AwaitsRelays => true;
    }

    /// <summary>Renames a channel or a workspace.</summary>
    public sealed record Rename(Requester By, string Name) : ConversationCommand(By)
    {
        public override bool AwaitsRelays => true;
    }

    /// <summary>Archives a channel or a workspace, or brings it back.</summary>
    public sealed record Archive(Requester By, bool Archived) : ConversationCommand(By)
    {
        public override bool AwaitsRelays => true;
    }

    /// <summary>Makes a user a member of a channel or a workspace.</summary>
    /// <param name="By">Who asks.</param>
    /// <param name="User">The user.</param>
    /// <param name="Role">In a workspace, their role there; null in a channel.</param>
    public sealed record AddMember(Requester By, UserId User, Role? Role = null) : ConversationCommand(By)
    {
        public override bool AwaitsRelays => true;
    }

    /// <summary>Ends a user's membership; a user may always end their own.</summary>
    public sealed record RemoveMember(Requester By, UserId User) : ConversationCommand(By)
    {
        public override bool AwaitsRelays => true;
    }

    /// <summary>Makes a workspace exist; who asks is its first administrator.</summary>
    public sealed record CreateWorkspace(Requester By, WorkspaceId Workspace, string Name) : ConversationCommand(By);

    /// <summary>The server saw a member for the first time, by the word of the source of access.</summary>
    public sealed record Enrol(Requester By, UserId User) : ConversationCommand(By);

    /// <summary>Tells everybody in a workspace something.</summary>
    /// <param name="By">Who does.</param>
    /// <param name="Content">The text.</param>
    /// <param name="ClientId">Idempotency key for the life of the workspace; null for none.</param>
    public sealed record Announce(Requester By, string Content, string? ClientId = null) : ConversationCommand(By)
    {
        public override string? Key => ClientId is null ? null : $"{By.User.Value}\n{ClientId}";
    }
}
