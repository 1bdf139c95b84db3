using QuikApp.Actors.Calls;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Threads;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Presence;
using ThreadState = QuikApp.Actors.Threads.ThreadState;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>Each kind of state through the serializer, as the snapshot table holds it.</summary>
public sealed class SnapshotTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly UserId Bob = UserId.Parse("bob");
    private static readonly ChannelId Other = ChannelId.Parse("other");
    private static readonly CallId C1 = CallId.Parse("c1");

    [Fact]
    public void Channel_Full_ComesBack()
    {
        var state = ChannelState.Empty(Given.Stream) with
        {
            Channel = new ChannelInfo(Given.General, Given.Demo, "Général", ChannelVisibility.Direct, Archived: true),
            Members = [Alice, Bob],
            Call = C1,
        };
        var read = Reread(state);
        Assert.Equal(state with { Members = [] }, read with { Members = [] });
        Assert.True(state.Members.SetEquals(read.Members));
    }

    [Fact]
    public void Thread_WithAndWithoutReplies_ComesBack()
    {
        var state = ThreadState.Empty(StreamId.Parse("thread-t1")) with { Thread = new ThreadInfo(ThreadId.Parse("t1"), Given.General, MessageId.Parse("m1"), Bob) };
        Assert.Equal(state, Reread(state));
        var replied = state with { Replies = 7, LastReply = new LastReply(MessageId.Parse("r7"), Alice, 1_790_000_000_000_000) };
        Assert.Equal(replied, Reread(replied));
    }

    [Fact]
    public void Workspace_Full_ComesBack()
    {
        var state = Given.Roster(("alice", Role.Admin), ("bob", Role.Auditor), ("-rita", Role.Member)) with
        {
            Info = new WorkspaceInfo(Given.Demo, "Démo", Archived: true),
        };
        state = state with { Channels = state.Channels.Add(Other, new ListedChannel(Other, "Other", Archived: true)).Add(Given.General, new ListedChannel(Given.General, "General", false)) };
        var read = Reread(state);
        Assert.Equal(state.Info, read.Info);
        Assert.Equal(state.Members.OrderBy(m => m.Key.Value), read.Members.OrderBy(m => m.Key.Value));
        Assert.Equal(state.Removed, read.Removed);
        Assert.Equal(state.Channels.OrderBy(c => c.Key.Value), read.Channels.OrderBy(c => c.Key.Value));
    }

    [Fact]
    public void User_WithEveryStatus_ComesBack()
    {
        var none = UserState.Empty(StreamId.Of(Alice));
        foreach (var status in (StatusRegister?[])[null, new(PresenceStatus.Invisible, null, null, 3), new(PresenceStatus.DoNotDisturb, "", 5, 9)])
        {
            var state = none with { Status = status, Call = status is null ? null : C1 };
            Assert.Equal(state, Reread(state) with { Channels = state.Channels });
        }

        var membership = new ChannelMembership(Other, Given.Demo, ChannelVisibility.Direct);
        Assert.Equal([membership], Reread(none with { Channels = none.Channels.Add(Other, membership) }).Channels.Values);
    }

    [Fact]
    public void Call_Full_ComesBack()
    {
        var empty = CallState.Empty(StreamId.Of(C1));
        var state = empty with
        {
            Info = new CallInfo(C1, Given.General, CallMedia.Video, Alice, "Alice A.", [Alice, Bob], 1_790_000_000_000_000),
            Phase = CallPhase.Ended,
            Ringing = [Bob],
            Declined = [UserId.Parse("carol"), UserId.Parse("dave")],
            Participants = empty.Participants.Add(Alice, new Participant(Alice, Device.Mobile, "s-1")),
            AnsweredAt = 0,
            CallerJoined = true,
        };
        var read = Reread(state);
        Assert.Equal(state.Info with { Invited = [] }, read.Info! with { Invited = [] });
        Assert.True(state.Info.Invited.SetEquals(read.Info!.Invited));
        Assert.True(state.Ringing.SetEquals(read.Ringing));
        Assert.True(state.Declined.SetEquals(read.Declined));
        Assert.Equal(state.Participants, read.Participants);
        Assert.Equal((CallPhase.Ended, 0L, true), (read.Phase, read.AnsweredAt, read.CallerJoined));
        Assert.Null(Reread(empty).AnsweredAt);
    }

    private T Reread<T>(T state)
        where T : ConversationState
    {
        var numbered = state.AdvanceTo(12, 1_790_000_000_000_012);
        var snapshot = new ConversationSnapshot(numbered, new ChainHead(12, Sha256Digest.Of([1]), 1_790_000_000_000_012));
        var serializer = new SnapshotSerializer((Akka.Actor.ExtendedActorSystem)shared.Node.System);
        var read = (ConversationSnapshot)serializer.FromBinary(serializer.ToBinary(snapshot), serializer.Manifest(snapshot));
        Assert.Equal(snapshot.Head, read.Head);
        Assert.Equal((12, numbered.At), (read.State.Seq, read.State.At));
        return Assert.IsType<T>(read.State.AdvanceTo(state.Seq, state.At));
    }
}
