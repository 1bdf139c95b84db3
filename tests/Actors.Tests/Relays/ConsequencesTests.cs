using System.Collections.Immutable;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using ThreadState = QuikApp.Actors.Threads.ThreadState;

namespace QuikApp.Actors.Tests.Relays;

/// <summary>Who hears of what a channel's and a thread's messages mean for them, and who does not.</summary>
public sealed class ConsequencesTests
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly UserId Bob = UserId.Parse("bob");
    private static readonly MessageId M1 = MessageId.Parse("m1");
    private static readonly ThreadId T1 = ThreadId.Parse("t1");
    private static readonly WorkspaceState Roster = Given.Roster("alice", "bob", "carol", "-rita");

    [Fact]
    public void Mention_TellsWhoMaySeeIt_ButTheAuthor()
    {
        var told = Of(Channel(ChannelVisibility.Public), Sent("alice", "hello", "bob", "alice", "rita", "zoe"));

        var only = Assert.Single(told);
        Assert.Equal(StreamId.Of(Bob), only.Target);
        Assert.Equal(new NotificationCreated(NotificationKind.Mention, Given.General, null, M1, 5, "hello"), Event(only));
        Assert.Equal(Alice, only.Command.By.User);
        Assert.True(only.Command.By.IsServer);
    }

    [Fact]
    public void Mention_InAPrivateChannel_TellsItsMembersAlone() =>
        Assert.Equal(["user-bob"], Targets(Of(Channel(ChannelVisibility.Private, "alice", "bob", "rita"), Sent("alice", "x", "bob", "carol", "rita"))));

    [Fact]
    public void Message_WithoutMentions_OwesNothing()
    {
        var e = Sent("alice", "x");
        Assert.False(Consequences.Has(Channel(ChannelVisibility.Public), e, before: null));
        Assert.Empty(Of(Channel(ChannelVisibility.Public), e));
    }

    [Fact]
    public void Direct_TellsTheOtherOne_OfEveryMessageAndNoEdit()
    {
        var channel = Channel(ChannelVisibility.Direct, "alice", "bob");
        var sent = Sent("alice", "x");

        Assert.True(Consequences.Has(channel, sent, before: null));
        var only = Assert.Single(Of(channel, sent));
        Assert.Equal(StreamId.Of(Bob), only.Target);
        Assert.Equal(NotificationKind.Direct, Assert.IsType<NotificationCreated>(Event(only)).Kind);
        var edit = After(sent, "alice", new MessageEdited(M1, "y", [Bob]));
        Assert.False(Consequences.Has(channel, edit, MessageView.Create(sent)));
        Assert.Empty(Of(channel, edit, sent));
        Assert.Equal(["user-bob"], Targets(Of(channel, After(sent, "alice", new MessageDeleted(M1)), sent)));
    }

    // One message notifies a user once: the edit's notification is a repeat of the first one's.
    [Fact]
    public void Edit_IsRecognisedAsTheSameNotification()
    {
        var channel = Channel(ChannelVisibility.Public);
        var sent = Sent("alice", "x", "bob");
        var edited = Of(channel, After(sent, "alice", new MessageEdited(M1, "y", [Bob, UserId.Parse("carol")])), sent);

        Assert.Equal(["user-bob", "user-carol"], Targets(edited));
        Assert.Equal(Assert.Single(Of(channel, sent)).Command.Key, edited[0].Command.Key);
        Assert.All(edited, told => Assert.Equal(5, Assert.IsType<NotificationCreated>(Event(told)).AboutSeq));
    }

    [Fact]
    public void Delete_WithdrawsFromEverybodyWhomAnyVersionMentioned()
    {
        var channel = Channel(ChannelVisibility.Public);
        var sent = Sent("alice", "x", "bob");
        var edited = After(sent, "alice", new MessageEdited(M1, "y", []));
        var deleted = After(edited, "mona", new MessageDeleted(M1));
        var before = MessageView.Create(sent).Apply(edited);

        Assert.True(Consequences.Has(channel, deleted, before));
        var only = Assert.Single(Consequences.Of(channel, deleted, new RelayFacts(Roster, null, before)));
        Assert.Equal(StreamId.Of(Bob), only.Target);
        Assert.Equal(new NotificationWithdrawn(Given.General, null, M1, 5), Event(only));
        Assert.False(Consequences.Has(channel, deleted, MessageView.Create(Sent("alice", "x"))));
    }

    [Theory]
    [InlineData(139, 139)]
    [InlineData(140, 140)]
    [InlineData(141, 140)]
    public void Preview_IsCut(int length, int expected) =>
        Assert.Equal(new string('x', expected), Preview(new string('x', length)));

    [Fact]
    public void Preview_IsNotCutWithinACharacter()
    {
        Assert.Equal(new string('x', 139), Preview(new string('x', 139) + "\U0001F600"));
        Assert.Equal(new string('x', 138) + "\U0001F600", Preview(new string('x', 138) + "\U0001F600y"));
    }

    [Fact]
    public void Channel_IsListedInItsWorkspaceWhenItIsPublic()
    {
        foreach (var (visibility, expected) in new[] { (ChannelVisibility.Public, "workspace-demo"), (ChannelVisibility.Private, ""), (ChannelVisibility.Direct, "") })
        {
            var channel = Channel(visibility, "alice");
            foreach (ConversationEvent e in (ConversationEvent[])[
                new ChannelCreated(Given.General, Given.Demo, "x", visibility), new ChannelRenamed(Given.General, "y"),
                new ChannelArchived(Given.General), new ChannelRestored(Given.General)])
            {
                var numbered = At(1, "alice", e);
                Assert.Equal(expected.Length > 0, Consequences.Has(channel, numbered, before: null));
                Assert.Equal(expected, string.Join(' ', Targets(Of(channel, numbered))));
            }
        }
    }

    [Fact]
    public void Membership_IsToldToTheMember()
    {
        var channel = Channel(ChannelVisibility.Private, "alice");
        var added = Assert.Single(Of(channel, At(5, "alice", new MemberAdded(Bob))));
        Assert.Equal((StreamId.Of(Bob), new ChannelJoined(Given.General, Given.Demo, "General", ChannelVisibility.Private)), (added.Target, Event(added)));
        var removed = Assert.Single(Of(channel, At(6, "alice", new MemberRemoved(Bob))));
        Assert.Equal((StreamId.Of(Bob), new ChannelLeft(Given.General)), (removed.Target, Event(removed)));
    }

    [Fact]
    public void Thread_IsCreatedInTheNameOfWhoOpenedIt_AndKnowsTheAuthor()
    {
        var sent = Sent("alice", "x");
        var opened = Assert.Single(Of(Channel(ChannelVisibility.Public), After(sent, "bob", new ThreadOpened(M1, T1)), sent));
        Assert.Equal((StreamId.Of(T1), new ThreadCreated(T1, Given.General, M1, Alice)), (opened.Target, Event(opened)));
        Assert.Equal(Bob, opened.Command.By.User);
    }

    [Fact]
    public void Reply_CountsInTheChannel_AndTellsTheAuthorAndTheMentioned()
    {
        var (thread, reply) = Reply("carol", "yes", "bob");
        var told = Of(thread, reply);

        Assert.Equal(["channel-general", "user-alice", "user-bob"], Targets(told));
        var count = told.Single(c => c.Target == Given.Stream);
        Assert.True(count.IsLatest);
        Assert.Equal(new ThreadUpdated(M1, T1, 1, MessageId.Parse("r1"), UserId.Parse("carol"), reply.At), Event(count));
        Assert.Equal(NotificationKind.Reply, Kind(told, Alice));
        Assert.Equal(NotificationKind.Mention, Kind(told, Bob));
    }

    [Fact]
    public void Reply_ToOneself_TellsNobody_AndAMentionIsNoSecondNotification()
    {
        var (thread, own) = Reply("alice", "more");
        Assert.Equal(["channel-general"], Targets(Of(thread, own)));
        var (other, mention) = Reply("bob", "x", "alice", "bob", "rita");
        Assert.Equal(["channel-general", "user-alice"], Targets(Of(other, mention)));
        Assert.Equal(NotificationKind.Mention, Kind(Of(other, mention), Alice));
    }

    [Fact]
    public void Reply_InAPrivateChannel_TellsNobodyOutside()
    {
        var (thread, reply) = Reply("bob", "x", "carol");
        var parent = Channel(ChannelVisibility.Private, "bob");
        Assert.Equal(["channel-general"], Targets([.. Consequences.Of(thread, reply, new RelayFacts(Roster, parent, null))]));
    }

    [Fact]
    public void Reply_EditedAndDeleted_TellsTheMentionedAndWithdraws()
    {
        var (thread, reply) = Reply("bob", "x", "carol");
        var edited = After(reply, "bob", new MessageEdited(MessageId.Parse("r1"), "y", [UserId.Parse("carol")]));
        var deleted = After(edited, "bob", new MessageDeleted(MessageId.Parse("r1")));

        Assert.Equal(["user-carol"], Targets(Of(thread, edited, reply)));
        var state = (ThreadState)thread.Apply(edited).Apply(deleted);
        var told = Of(state, deleted, reply);
        Assert.Equal(["channel-general", "user-alice", "user-carol"], Targets(told));
        Assert.Equal(0, Assert.IsType<ThreadUpdated>(Event(told.Single(c => c.Target == Given.Stream))).Replies);
        Assert.All(told.Where(c => c.Target != Given.Stream), c => Assert.IsType<NotificationWithdrawn>(Event(c)));
        Assert.False(Consequences.Has(thread, After(reply, "bob", new ReactionAdded(MessageId.Parse("r1"), "tada")), null));
    }

    [Fact]
    public void Call_RingsForWhoMaySeeTheChannelAndMayAnswer()
    {
        var roster = Given.Roster(("alice", Role.Member), ("bob", Role.Admin), ("otto", Role.Auditor), ("-rita", Role.Member));
        var started = At(5, "alice", new CallStarted(CallId.Parse("c1"), Given.General, CallMedia.Audio, "Alice", []));

        Assert.Equal(["alice", "bob"], Invited(Channel(ChannelVisibility.Public, "rita"), roster, started));
        Assert.Equal(["bob"], Invited(Channel(ChannelVisibility.Private, "bob", "rita", "otto"), roster, started));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 0)]
    public void Call_InALargeChannel_RingsForNobody(int members, int expected)
    {
        var names = Enumerable.Range(0, members).Select(i => $"u{i}").ToArray();
        var started = At(5, "u1", new CallStarted(CallId.Parse("c1"), Given.General, CallMedia.Audio, "U", []));
        Assert.Equal(expected, Invited(Channel(ChannelVisibility.Private, names), Given.Roster(names), started).Length);
    }

    private static string[] Invited(ChannelState channel, WorkspaceState roster, NumberedEvent started)
    {
        var call = Assert.Single(Consequences.Of(channel, started, new RelayFacts(roster, null, null)));
        Assert.Equal("call-c1", call.Target.Value);
        return [.. Assert.IsType<CallStarted>(Event(call)).Invited.Select(user => user.Value)];
    }

    private static string Preview(string content) =>
        Assert.IsType<NotificationCreated>(Event(Assert.Single(Of(Channel(ChannelVisibility.Public), Sent("alice", content, "bob"))))).Preview;

    private static ChannelState Channel(ChannelVisibility visibility, params string[] members) => ChannelState.Empty(Given.Stream) with
    {
        Channel = new ChannelInfo(Given.General, Given.Demo, "General", visibility),
        Members = [.. members.Select(UserId.Parse)],
    };

    private static NumberedEvent Sent(string by, string content, params string[] mentions) =>
        At(5, by, new MessageCreated(M1, content, [], [.. mentions.Select(UserId.Parse)], null, null));

    private static (ThreadState Thread, NumberedEvent Reply) Reply(string by, string content, params string[] mentions)
    {
        var stream = StreamId.Of(T1);
        var thread = ThreadState.Empty(stream).Apply(At(1, "bob", new ThreadCreated(T1, Given.General, M1, Alice)) with { Stream = stream });
        var reply = At(2, by, new MessageCreated(MessageId.Parse("r1"), content, [], [.. mentions.Select(UserId.Parse)], T1, null)) with { Stream = stream };
        return ((ThreadState)thread.Apply(reply), reply);
    }

    private static NumberedEvent At(long seq, string by, ConversationEvent e) => new(Given.Stream, seq, seq * 1_000_000, UserId.Parse(by), e);

    private static NumberedEvent After(NumberedEvent earlier, string by, ConversationEvent e) => At(earlier.Seq + 1, by, e) with { Stream = earlier.Stream };

    private static ImmutableArray<Consequence> Of(ConversationState state, NumberedEvent e, NumberedEvent? created = null) =>
        [.. Consequences.Of(state, e, new RelayFacts(Roster, Channel(ChannelVisibility.Public), created is null ? null : MessageView.Create(created)))];

    private static IEnumerable<string> Targets(IEnumerable<Consequence> all) => all.Select(c => c.Target.Value).Order();

    private static ConversationEvent Event(Consequence consequence) => Assert.IsType<ConversationCommand.Record>(consequence.Command).Event;

    private static NotificationKind Kind(IEnumerable<Consequence> all, UserId user) =>
        Assert.IsType<NotificationCreated>(Event(all.Single(c => c.Target == StreamId.Of(user)))).Kind;
}
