using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using CreateWorkspace = QuikApp.Actors.Conversations.ConversationCommand.CreateWorkspace;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;
using StartCall = QuikApp.Actors.Conversations.ConversationCommand.StartCall;

namespace QuikApp.Actors.Tests.Channels;

public sealed class ChannelRulesTests
{
    private static readonly Requester Alice = Given.Member("alice");
    private static readonly Requester Bob = Given.Member("bob");
    private static readonly Requester Mona = Given.Member("mona", Role.Moderator);
    private static readonly Requester Otto = Given.Member("otto", Role.Auditor);
    private static readonly MessageId M1 = MessageId.Parse("m1");
    private static readonly ThreadId T1 = ThreadId.Parse("t1");
    private static readonly CallId C1 = CallId.Parse("c1");

    [Fact]
    public void Rename_ByAModerator_IsJournaledOnce()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server));

        Assert.Equal([new ChannelRenamed(Given.General, "Lobby")], channel.Journals(new Rename(Mona, "Lobby")));
        channel.Repeats(new Rename(Mona, "Lobby"));
        channel.Refuses(Refusal.Forbidden, new Rename(Alice, "Mine"));
        channel.Refuses(Refusal.Unauthorized, new Rename(Given.Stranger("eve", Role.Admin), "Mine"));
        Assert.Equal("Lobby", channel.State.Channel!.Name);
    }

    [Fact]
    public void Archive_StopsEveryChangeButMembersLeaving_AndRestoreAllowsThem()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server), new AddMember(Mona, Bob.User), Given.Send(Alice, "m1"));
        channel.Refuses(Refusal.Forbidden, new Archive(Alice, Archived: true));

        Assert.Equal([new ChannelArchived(Given.General)], channel.Journals(new Archive(Mona, Archived: true)));
        channel.Repeats(new Archive(Mona, Archived: true));
        foreach (ConversationCommand command in (ConversationCommand[])[
            Given.Send(Alice, "m2"), new Edit(Alice, M1, "x", null), new Delete(Alice, M1), new React(Alice, M1, "tada", Add: true),
            new Rename(Mona, "x"), new AddMember(Mona, Alice.User), new OpenThread(Alice, M1, T1), new StartCall(Alice, C1, CallMedia.Audio)])
        {
            channel.Refuses(Refusal.Archived, command);
        }

        Assert.Equal([new MemberRemoved(Bob.User)], channel.Journals(new RemoveMember(Bob, Bob.User)));
        Assert.Equal([new ChannelRestored(Given.General)], channel.Journals(new Archive(Mona, Archived: false)));
        channel.Must(Given.Send(Alice, "m3"));
    }

    [Fact]
    public void Create_InAnArchivedWorkspace_IsRefused()
    {
        var workspace = new Simulation(StreamId.Of(Given.Demo));
        workspace.Must(new CreateWorkspace(Requester.Server, Given.Demo, "Demo"));
        workspace.Must(new Archive(Requester.Server, Archived: true));

        new Conversation { Roster = (Actors.Workspaces.WorkspaceState)workspace.State }.Refuses(Refusal.Archived, Given.Create(Alice));
    }

    [Fact]
    public void CreateDirect_HasItsTwoMembersForEver()
    {
        var channel = new Conversation { Roster = Given.Roster("alice", "bob") };
        var created = Direct(Alice, Bob.User);

        Assert.Equal(
            [new ChannelCreated(Given.General, Given.Demo, "General", ChannelVisibility.Direct), new MemberAdded(Alice.User), new MemberAdded(Bob.User)],
            channel.Journals(created));
        channel.Repeats(Direct(Bob, Alice.User));
        channel.Refuses(Refusal.Forbidden, new AddMember(Alice, UserId.Parse("carol")));
        channel.Refuses(Refusal.Forbidden, new RemoveMember(Bob, Bob.User));
        channel.Refuses(Refusal.Forbidden, new Rename(Alice, "Us"));
        channel.Refuses(Refusal.Forbidden, new Archive(Alice, Archived: true));
        // Moderators are nothing in a conversation of two others.
        channel.Refuses(Refusal.Forbidden, new Archive(Mona, Archived: true));
        channel.Refuses(Refusal.Forbidden, new AddMember(Mona, Mona.User));
        channel.Refuses(Refusal.Unauthorized, Given.Send(Mona, "m1"));
        channel.Must(Given.Send(Bob, "m1"));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("carol")]
    [InlineData("zoe")]
    public void CreateDirect_WithOneselfOrSomebodyWhoIsNoMember_IsNotFound(string other)
    {
        var channel = new Conversation { Roster = Given.Roster("alice", "bob", "-carol") };
        channel.Refuses(Refusal.NotFound, Direct(Alice, UserId.Parse(other)));
    }

    [Fact]
    public void Auditor_WritesNothing()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"), new AddMember(Mona, Otto.User));

        Assert.True(channel.State.Admits(Otto, channel.Access(Otto)));
        foreach (ConversationCommand command in (ConversationCommand[])[
            Given.Send(Otto, "m2"), new React(Otto, M1, "tada", Add: true), new Delete(Otto, M1), new OpenThread(Otto, M1, T1),
            new StartCall(Otto, C1, CallMedia.Audio), new Rename(Otto, "x"), new Archive(Otto, Archived: true), new AddMember(Otto, Bob.User),
            new RemoveMember(Otto, Otto.User)])
        {
            channel.Refuses(Refusal.Forbidden, command);
        }

        new Conversation().Refuses(Refusal.Forbidden, Given.Create(Otto));
    }

    [Fact]
    public void AddMember_OfWhomTheWorkspaceRemoved_IsNotFound()
    {
        var channel = new Conversation { Roster = Given.Roster("alice", "-bob") };
        channel.Must(Given.Create(Alice, ChannelVisibility.Private));
        channel.Refuses(Refusal.NotFound, new AddMember(Alice, Bob.User));
    }

    [Fact]
    public void RemovedFromTheWorkspace_SeesNoChannelOfIt_AlsoAPrivateOneOfOnesOwn()
    {
        var channel = Conversation.Of(Given.Create(Alice, ChannelVisibility.Private), new AddMember(Alice, Bob.User));
        channel.Must(Given.Send(Bob, "m1"));

        channel.Roster = Given.Roster("alice", "-bob");
        channel.Refuses(Refusal.Unauthorized, Given.Send(Bob, "m2"));
    }

    [Fact]
    public void OpenThread_OfAMessage_IsOneThreadWhoeverAsks()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));

        var receipt = channel.Must(new OpenThread(Bob, M1, T1));
        Assert.Equal(T1, receipt.Thread);
        Assert.Equal(new ThreadOpened(M1, T1), channel.Events[^1].Event);
        Assert.Equal(T1, channel.Repeats(new OpenThread(Alice, M1, ThreadId.Parse("t2"))).Thread);
        channel.Refuses(Refusal.NotFound, new OpenThread(Bob, MessageId.Parse("m9"), T1));
        channel.Must(Given.Send(Alice, "m2"));
        channel.Must(new Delete(Alice, MessageId.Parse("m2")));
        channel.Refuses(Refusal.NotFound, new OpenThread(Bob, MessageId.Parse("m2"), T1));
    }

    [Fact]
    public void StartCall_WhereOneGoesOn_LeadsToIt()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server));

        Assert.Equal(C1, channel.Must(new StartCall(Alice with { Name = "Alice A." }, C1, CallMedia.Video)).Call);
        Assert.Equal(new CallStarted(C1, Given.General, CallMedia.Video, "Alice A.", []), channel.Events[^1].Event);
        Assert.Equal(C1, channel.Repeats(new StartCall(Bob, CallId.Parse("c2"), CallMedia.Audio)).Call);

        channel.Must(Told(new CallEnded(C1, Given.General, CallEndReason.Missed, 0), "end"));
        Assert.Equal(CallId.Parse("c2"), channel.Must(new StartCall(Bob, CallId.Parse("c2"), CallMedia.Audio)).Call);
        Assert.Equal("bob", Assert.IsType<CallStarted>(channel.Events[^1].Event).CallerName);
        // The end of an earlier call is not the end of this one.
        channel.Repeats(Told(new CallEnded(C1, Given.General, CallEndReason.Missed, 0), "late"));
        Assert.Equal(CallId.Parse("c2"), channel.State.Call);
    }

    [Fact]
    public void Record_ByAnybodyButTheServer_IsUnauthorized_AndOfAnotherKindNotHere()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));
        var updated = new ThreadUpdated(M1, T1, 1, MessageId.Parse("r1"), Bob.User, 5);

        channel.Refuses(Refusal.Unauthorized, new Record(Given.Member("mallory", Role.Admin), "x", updated));
        channel.Refuses(Refusal.InvalidEvent, Told(new MessageDeleted(M1), "x"));
        Assert.Equal([updated], channel.Journals(Told(updated, "count")));
        channel.Repeats(Told(updated, "count"));
    }

    private static Create Direct(Requester by, UserId with) => new(by, Given.General, Given.Demo, "General", ChannelVisibility.Direct, with);

    private static Record Told(ConversationEvent e, string origin) => new(Requester.OnBehalfOf(Alice.User), origin, e);
}
