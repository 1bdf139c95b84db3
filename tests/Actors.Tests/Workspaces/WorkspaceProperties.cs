using CsCheck;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Conversations.ConversationCommand;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;

namespace QuikApp.Actors.Tests.Workspaces;

/// <summary>What holds for every interleaving of a workspace's commands.</summary>
public sealed class WorkspaceProperties
{
    private static readonly Gen<Requester> Who = Interleavings.OneOf(
        Given.Member("ada", Role.Admin), Given.Member("bob"), Given.Member("carol"), Given.Member("otto", Role.Auditor), Given.Stranger("eve"), Requester.Server);

    private static readonly Gen<UserId> User = Interleavings.OneOf("ada", "bob", "carol", "otto").Select(UserId.Parse);

    private static readonly Gen<Func<int, ConversationCommand>> Command = Gen.Frequency(
        (1, Who.Select(by => Always(new CreateWorkspace(by, Given.Demo, "Demo")))),
        (4, Gen.Select(Who, User, Gen.Enum<Role>(), (by, user, role) => Always(new AddMember(by, user, role)))),
        (3, Gen.Select(Who, User, (by, user) => Always(new RemoveMember(by, user)))),
        (2, User.Select(user => Always(new Enrol(Requester.OnBehalfOf(user), user)))),
        (1, Gen.Select(Who, Interleavings.OneOf("a", "b"), (by, name) => Always(new Rename(by, name)))),
        (1, Gen.Select(Who, Gen.Bool, (by, archived) => Always(new Archive(by, archived)))),
        (1, Who.Select(by => Always(new Announce(by, "hear")))),
        (2, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], (channel, what) => Told(ChannelId.Parse($"c{channel}"), what))));

    [Fact]
    public void Decide_AnyInterleaving_NeverLosesItsLastAdminNorBringsBackTheRemoved() => Interleavings.Sample(
        Command,
        () => new Simulation(StreamId.Of(Given.Demo)),
        AssertSame,
        (before, command, workspace, decision) =>
        {
            var (was, now) = ((WorkspaceState)before, (WorkspaceState)workspace.State);
            Assert.Empty(now.Removed.Intersect(now.Members.Keys));
            if (was.Members.ContainsValue(Role.Admin))
                Assert.True(now.Members.ContainsValue(Role.Admin));
            if (was.Removed.Except(now.Removed) is { IsEmpty: false })
                Assert.True(command is AddMember { By: var by } && (by.IsServer || by.Role == Role.Admin || was.Members[by.User] == Role.Admin));
            if (decision is Decision.Accepted && command.By.Role == Role.Auditor)
                Assert.Fail("an auditor wrote");
        });

    private static void AssertSame(ConversationState expected, ConversationState actual)
    {
        var (one, other) = (Assert.IsType<WorkspaceState>(expected), Assert.IsType<WorkspaceState>(actual));
        Assert.Equal(one with { Members = Empty.Members, Removed = [], Channels = Empty.Channels }, other with { Members = Empty.Members, Removed = [], Channels = Empty.Channels });
        Assert.Equal(one.Members.OrderBy(m => m.Key.Value), other.Members.OrderBy(m => m.Key.Value));
        Assert.True(one.Removed.SetEquals(other.Removed));
        Assert.Equal(one.Channels.OrderBy(c => c.Key.Value), other.Channels.OrderBy(c => c.Key.Value));
    }

    private static WorkspaceState Empty { get; } = WorkspaceState.Empty(StreamId.Of(Given.Demo));

    private static Func<int, ConversationCommand> Always(ConversationCommand command) => _ => command;

    private static Func<int, ConversationCommand> Told(ChannelId channel, int what) => step => new Record(Requester.OnBehalfOf(UserId.Parse("bob")), $"{step}", what switch
    {
        0 => new ConversationEvent.ChannelCreated(channel, Given.Demo, "General", ChannelVisibility.Public),
        1 => new ConversationEvent.ChannelRenamed(channel, $"name {step}"),
        2 => new ConversationEvent.ChannelArchived(channel),
        _ => new ConversationEvent.ChannelRestored(channel),
    });
}
