using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using CreateWorkspace = QuikApp.Actors.Conversations.ConversationCommand.CreateWorkspace;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;

namespace QuikApp.Actors.Tests.Workspaces;

public sealed class WorkspaceRulesTests
{
    private static readonly Requester Ada = Given.Member("ada", Role.Admin);
    private static readonly Requester Bob = Given.Member("bob");
    private static readonly Requester Mona = Given.Member("mona", Role.Moderator);
    private static readonly UserId Carol = UserId.Parse("carol");

    [Fact]
    public void Create_ByAnAdmin_MakesThemTheFirstAdmin()
    {
        var workspace = new Simulation(StreamId.Of(Given.Demo));
        workspace.Refuses(Refusal.Unauthorized, new CreateWorkspace(Bob, Given.Demo, "Demo"));
        workspace.Refuses(Refusal.Unauthorized, new Rename(Ada, "x"));

        Assert.Equal(
            [new WorkspaceCreated(Given.Demo, "Demo"), new MemberAdded(Ada.User, Role.Admin)],
            workspace.Journals(new CreateWorkspace(Ada, Given.Demo, "Demo")));
        workspace.Repeats(new CreateWorkspace(Ada, Given.Demo, "Demo"));
        workspace.Refuses(Refusal.Forbidden, new CreateWorkspace(Ada, Given.Demo, "Other"));
        workspace.Refuses(Refusal.Forbidden, new CreateWorkspace(Given.Stranger("mallory", Role.Admin), Given.Demo, "Demo"));
    }

    [Fact]
    public void Roles_AreGivenByAdminsAlone()
    {
        var workspace = Created();

        Assert.Equal([new MemberAdded(Carol, Role.Member)], workspace.Journals(new AddMember(Ada, Carol)));
        workspace.Repeats(new AddMember(Ada, Carol, Role.Member));
        Assert.Equal([new MemberChanged(Carol, Role.Moderator)], workspace.Journals(new AddMember(Ada, Carol, Role.Moderator)));
        foreach (var by in new[] { Bob, Mona })
        {
            workspace.Refuses(Refusal.Forbidden, new AddMember(by, by.User, Role.Admin));
            workspace.Refuses(Refusal.Forbidden, new RemoveMember(by, Carol));
            workspace.Refuses(Refusal.Forbidden, new Rename(by, "x"));
            workspace.Refuses(Refusal.Forbidden, new Archive(by, Archived: true));
            workspace.Refuses(Refusal.Forbidden, new Announce(by, "x"));
        }

        // What the journal says counts as much as what the token says.
        workspace.Must(new AddMember(Ada, Carol, Role.Admin));
        workspace.Must(new Rename(Given.Member("carol"), "Firm"));
    }

    [Fact]
    public void LastAdmin_CanNeitherLeaveNorBeRemovedNorLoseTheRole()
    {
        var workspace = Created();

        workspace.Refuses(Refusal.Forbidden, new RemoveMember(Ada, Ada.User));
        workspace.Refuses(Refusal.Forbidden, new RemoveMember(Given.Member("root", Role.Admin), Ada.User));
        workspace.Refuses(Refusal.Forbidden, new AddMember(Ada, Ada.User, Role.Member));
        workspace.Must(new AddMember(Ada, Carol, Role.Admin));
        Assert.Equal([new MemberRemoved(Ada.User)], workspace.Journals(new RemoveMember(Ada, Ada.User)));
        workspace.Refuses(Refusal.Forbidden, new RemoveMember(Given.Member("carol"), Carol));
    }

    [Fact]
    public void Removed_IsNotBroughtBackByAClaim_ButByAnAdmin()
    {
        var workspace = Created();
        workspace.Must(new Enrol(Requester.OnBehalfOf(Bob.User), Bob.User));
        workspace.Repeats(new Enrol(Requester.OnBehalfOf(Bob.User), Bob.User));
        workspace.Refuses(Refusal.Unauthorized, new Enrol(Bob, Bob.User));

        workspace.Must(new RemoveMember(Ada, Bob.User));
        workspace.Repeats(new RemoveMember(Ada, Bob.User));
        Assert.False(workspace.State.Admits(Bob, workspace.Access(Bob)));
        workspace.Refuses(Refusal.Unauthorized, new RemoveMember(Bob, Bob.User));
        workspace.Repeats(new Enrol(Requester.OnBehalfOf(Bob.User), Bob.User));
        Assert.DoesNotContain(Bob.User, ((WorkspaceState)workspace.State).Members.Keys);

        workspace.Must(new AddMember(Ada, Bob.User));
        Assert.True(workspace.State.Admits(Bob, workspace.Access(Bob)));
    }

    [Fact]
    public void WhoIsKnownByAClaimAlone_CanBeShutOut()
    {
        var workspace = Created();
        Assert.True(workspace.State.Admits(Bob, workspace.Access(Bob)));

        Assert.Equal([new MemberRemoved(Bob.User)], workspace.Journals(new RemoveMember(Ada, Bob.User)));
        Assert.False(workspace.State.Admits(Bob, workspace.Access(Bob)));
    }

    [Fact]
    public void Member_MayLeave_ButAnAuditorWritesNothing()
    {
        var workspace = Created();
        var otto = Given.Member("otto", Role.Auditor);
        workspace.Must(new AddMember(Ada, Bob.User));
        workspace.Must(new AddMember(Ada, otto.User, Role.Auditor));

        Assert.Equal([new MemberRemoved(Bob.User)], workspace.Journals(new RemoveMember(Bob, Bob.User)));
        workspace.Refuses(Refusal.Forbidden, new RemoveMember(otto, otto.User));
        workspace.Refuses(Refusal.Forbidden, new Announce(otto, "x"));
        // A token that is an auditor's makes an administrator of the journal one.
        workspace.Refuses(Refusal.Forbidden, new Announce(Ada with { Role = Role.Auditor }, "x"));
    }

    [Fact]
    public void Archive_StopsChanges_ButNotRemovals()
    {
        var workspace = Created();
        workspace.Must(new AddMember(Ada, Carol));
        Assert.Equal([new WorkspaceArchived()], workspace.Journals(new Archive(Ada, Archived: true)));
        workspace.Repeats(new Archive(Ada, Archived: true));

        workspace.Refuses(Refusal.Archived, new Rename(Ada, "x"));
        workspace.Refuses(Refusal.Archived, new AddMember(Ada, Bob.User));
        workspace.Refuses(Refusal.Archived, new Announce(Ada, "x"));
        workspace.Must(new RemoveMember(Ada, Carol));
        Assert.Equal([new WorkspaceRestored()], workspace.Journals(new Archive(Ada, Archived: false)));
        workspace.Must(new Announce(Ada, "We are back"));
    }

    [Fact]
    public void Channels_AreListedAsTheyAre()
    {
        var workspace = Created();
        workspace.Must(Told(new ChannelCreated(Given.General, Given.Demo, "General", ChannelVisibility.Public)));
        workspace.Must(Told(new ChannelRenamed(Given.General, "Lobby")));
        workspace.Must(Told(new ChannelArchived(Given.General)));
        // Not listed: it is private, and says nothing here.
        workspace.Must(Told(new ChannelRenamed(ChannelId.Parse("other"), "x")));

        Assert.Equal([new ListedChannel(Given.General, "Lobby", Archived: true)], ((WorkspaceState)workspace.State).Channels.Values);
        workspace.Refuses(Refusal.InvalidEvent, Told(new MemberAdded(Bob.User, Role.Admin)));
    }

    private static Simulation Created()
    {
        var workspace = new Simulation(StreamId.Of(Given.Demo));
        workspace.Must(new CreateWorkspace(Ada, Given.Demo, "Demo"));
        return workspace;
    }

    private static Record Told(ConversationEvent e) => new(Requester.OnBehalfOf(Ada.User), $"{e}", e);
}
