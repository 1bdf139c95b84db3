using System.Collections.Immutable;
using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class CompactResumeTests
{
    [Fact]
    public void Frames_NothingAfterSince_AreNone() => Assert.Empty(Of(2, Build.Sent(1, "alice", "m1"), Build.Edited(2, "alice", "m1", "x")));

    [Fact]
    public void Frames_CreatedAfterSince_IsOneMessageInItsFinalState()
    {
        var frame = Assert.Single(CompactResume.Frames(0,
        [
            Build.Sent(1, "alice", "m1"),
            Build.Added(2, "bob", "m1", "tada"),
            Build.Edited(3, "alice", "m1", "two"),
        ]));
        Assert.Equal(
            """{"id":"m1","content":"two","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"editedAt":"2026-11-22T10:00:02.123Z","reactions":{"tada":["bob"]},"seq":1}""",
            Json.Of(writer => frame.Write(writer)));
    }

    [Fact]
    public void Frames_Deleted_AreOneDeletion()
    {
        Assert.Equal(["4 message:delete"], Of(0, Build.Sent(1, "alice", "m1"), Build.Edited(2, "alice", "m1", "x"), Build.Added(3, "bob", "m1", "tada"), Build.Deleted(4, "alice", "m1")));
        Assert.Equal(["4 message:delete"], Of(1, Build.Edited(2, "alice", "m1", "x"), Build.Added(3, "bob", "m1", "tada"), Build.Deleted(4, "alice", "m1")));
    }

    [Fact]
    public void Frames_ChangedAfterSince_AreTheLastEditAndTheLastReactionsOfEach() => Assert.Equal(
        ["4 message:update", "5 message:reaction", "6 message:reaction", "9 message:reaction"],
        Of(
            1,
            Build.Edited(2, "alice", "m1", "two"),
            Build.Added(3, "bob", "m1", "tada"),
            Build.Edited(4, "alice", "m1", "three"),
            Build.Removed(5, "bob", "m1", "heart"),
            Build.Removed(6, "bob", "m1", "tada"),
            Build.Added(7, "carol", "m1", "tada"),
            Build.Removed(8, "carol", "m1", "tada"),
            Build.Added(9, "carol", "m1", "tada")));

    // Cut off at 6, the client has not got the addition of 5: 8 must come, although the reaction was there at 6 too.
    [Fact]
    public void Frames_TakenBackAndPutThereAgain_AreSentOnce()
    {
        NumberedEvent[] events =
        [
            Build.Added(5, "bob", "m1", "tada"),
            Build.Edited(6, "alice", "m1", "x"),
            Build.Removed(7, "bob", "m1", "tada"),
            Build.Added(8, "bob", "m1", "tada"),
        ];
        Assert.Equal(["6 message:update", "8 message:reaction"], Of(4, events));
        Assert.Equal(["8 message:reaction"], Of(6, events));
    }

    [Fact]
    public void Frames_ThreadOfAnOldMessage_IsItsLastUpdate() => Assert.Equal(
        ["5 thread:update", "6 message:update"],
        Of(
            1,
            Build.Opened(2, "bob", "m1", "t1"),
            Build.Counted(3, "bob", "m1", "t1", 1, "r1"),
            Build.Counted(4, "bob", "m1", "t1", 2, "r2"),
            Build.Counted(5, "bob", "m1", "t1", 1, "r2"),
            Build.Edited(6, "alice", "m1", "x")));

    [Fact]
    public void Frames_CreatedAfterSinceWithAThread_AreOneMessageThatSaysSo()
    {
        var frame = Assert.Single(CompactResume.Frames(0, [Build.Sent(1, "alice", "m1"), Build.Opened(2, "bob", "m1", "t1"), Build.Counted(3, "bob", "m1", "t1", 1, "r1")]));
        Assert.Equal(
            """{"id":"m1","content":"hi","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"thread":{"threadId":"t1","replyCount":1,"lastReply":{"id":"r1","userId":"carol","createdAt":"2026-11-22T10:00:03.123Z"}},"seq":1}""",
            Json.Of(writer => frame.Write(writer)));
    }

    // A reply to a deleted message counts on, and nothing later says it again.
    [Fact]
    public void Frames_DeletedWithAThread_AreTheDeletionAndTheLastUpdate()
    {
        NumberedEvent[] events =
        [
            Build.Opened(2, "bob", "m1", "t1"), Build.Counted(3, "bob", "m1", "t1", 1, "r1"), Build.Deleted(4, "alice", "m1"), Build.Counted(5, "bob", "m1", "t1", 2, "r2"),
        ];
        Assert.Equal(["4 message:delete", "5 thread:update"], Of(1, events));
        Assert.Equal(["3 thread:update", "4 message:delete"], Of(1, events[..3]));
        Assert.Equal(["5 thread:update"], Of(4, events));
    }

    [Fact]
    public void Frames_OtherEvents_AreKeptInPlace() => Assert.Equal(
        ["2 message:new", "3 member:joined", "4 message:new", "5 member:left", "6 message:delete"],
        Of(
            1,
            Build.Sent(2, "alice", "m2"),
            Build.Event(3, "alice", new ConversationEvent.MemberAdded(Build.User("bob"))),
            Build.Sent(4, "alice", "m3"),
            Build.Event(5, "alice", new ConversationEvent.MemberRemoved(Build.User("bob"))),
            Build.Deleted(6, "alice", "m1")));

    // The point of it all: whoever resumes compactly shows what someone shows who was there throughout.
    [Fact]
    public void Frames_FromAnyPoint_LeadToTheSameScreen() => RandomConversation.Gen.Sample(
        events =>
        {
            var expected = Live(events).ToString();
            for (var since = 0; since <= events.Length; since++)
            {
                var client = Live(events[..since]);
                var frames = CompactResume.Frames(since, events);
                foreach (var frame in frames)
                    client.Receive(frame.Event, Json.Of(writer => frame.Write(writer)));
                Assert.Equal(expected, client.ToString());

                Assert.True(frames.Length <= events.Length - since);
                Assert.Equal(frames.Select(frame => frame.Seq).Distinct().Order(), frames.Select(frame => frame.Seq));
            }
        },
        iter: 100);

    // Cut off after any frame, the client resumes from that frame's number.
    [Fact]
    public void Frames_CutOffWithin_CanBeResumedFromTheLastNumber() => RandomConversation.Gen.Sample(
        events =>
        {
            var expected = Live(events).ToString();
            for (var since = 0; since < events.Length; since += 3)
            {
                var frames = CompactResume.Frames(since, events);
                for (var got = 1; got < frames.Length; got += 2)
                {
                    var client = Live(events[..since]);
                    foreach (var frame in frames.Take(got).Concat(CompactResume.Frames(frames[got - 1].Seq, events)))
                        client.Receive(frame.Event, Json.Of(writer => frame.Write(writer)));
                    Assert.Equal(expected, client.ToString());
                }
            }
        },
        iter: 100);

    private static IEnumerable<string> Of(long since, params NumberedEvent[] events) =>
        CompactResume.Frames(since, events).Select(frame => $"{frame.Seq} {frame.Event}");

    private static ClientMirror Live(ImmutableArray<NumberedEvent> events)
    {
        var client = new ClientMirror();
        foreach (var numbered in events)
            client.Receive(EventPayload.EventName(numbered.Event), Json.Of(writer => EventPayload.Write(writer, numbered)));
        return client;
    }
}
