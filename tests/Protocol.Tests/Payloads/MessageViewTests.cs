using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class MessageViewTests
{
    [Fact]
    public void Create_OfAnotherEvent_Throws() => Assert.Throws<ArgumentException>(() => MessageView.Create(Build.Deleted(1, "alice", "m1")));

    [Fact]
    public void WriteItem_MessageAsSent_IsItsPayloadAndLastSeq() => Assert.Equal(
        """{"id":"m1","content":"hi","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"seq":1,"lastSeq":1}""",
        Item(Fold(Build.Sent(1, "alice", "m1"))));

    [Fact]
    public void WriteItem_EditedAndReactedTo_IsTheFinalState() => Assert.Equal(
        """{"id":"m1","content":"three","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"editedAt":"2026-11-22T10:00:04.123Z","reactions":{"tada":["carol","bob"],"+1":["bob"]},"seq":1,"lastSeq":9}""",
        Item(Fold(
            Build.Sent(1, "alice", "m1"),
            Build.Edited(2, "alice", "m1", "two"),
            Build.Added(3, "carol", "m1", "tada"),
            Build.Added(4, "alice", "m1", "heart"),
            Build.Edited(5, "alice", "m1", "three"),
            Build.Added(6, "bob", "m1", "+1"),
            Build.Removed(7, "alice", "m1", "heart"),
            Build.Added(8, "bob", "m1", "tada"),
            Build.Removed(9, "dave", "m1", "heart"))));

    [Fact]
    public void WriteItem_Deleted_HasNothingLeftOfIt() => Assert.Equal(
        """{"id":"m1","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","deletedAt":"2026-11-22T10:00:03.123Z","seq":1,"lastSeq":6}""",
        Item(Fold(
            Build.Sent(1, "alice", "m1", "secret"),
            Build.Added(2, "bob", "m1", "tada"),
            Build.Edited(3, "alice", "m1", "secret too"),
            Build.Deleted(4, "bob", "m1"),
            Build.Edited(5, "alice", "m1", "secret three"),
            Build.Added(6, "bob", "m1", "tada"))));

    [Fact]
    public void Apply_AfterDeletion_BringsNothingBack()
    {
        var deleted = Fold(Build.Sent(1, "alice", "m1", "secret"), Build.Deleted(2, "bob", "m1"));
        var later = new[] { Build.Edited(3, "alice", "m1", "x"), Build.Added(4, "bob", "m1", "tada"), Build.Deleted(5, "alice", "m1") }
            .Aggregate(deleted, (view, numbered) => view.Apply(numbered));
        Assert.Equal("", later.Content);
        Assert.Empty(later.Reactions);
        Assert.Null(later.EditedAt);
        Assert.Equal(deleted.DeletedAt, later.DeletedAt);
        Assert.Equal(5, later.LastSeq);
    }

    [Fact]
    public void WriteItem_OfAThread_NamesItAndItsChannel()
    {
        var thread = ThreadId.Parse("t1");
        var sent = new NumberedEvent(
            StreamId.Of(thread), 1, Build.Start, Build.User("alice"),
            new ConversationEvent.MessageCreated(Build.Message("m1"), "hi", [], [], thread, "c-1"));
        Assert.Equal(
            """{"id":"m1","content":"hi","userId":"alice","channelId":"random","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"seq":1,"lastSeq":1,"threadId":"t1","clientId":"c-1"}""",
            Json.Of(writer => HistoryItem.WriteCompact(writer, MessageView.Create(sent), new TopicContext(ChannelId.Parse("random")))));
        Assert.Throws<ArgumentException>(() => Item(MessageView.Create(sent)));
    }

    [Fact]
    public void Apply_Edit_ReplacesMentions()
    {
        var view = Fold(
            Build.Event(1, "alice", new ConversationEvent.MessageCreated(Build.Message("m1"), "@bob", [], [Build.User("bob")], null, null)),
            Build.Event(2, "alice", new ConversationEvent.MessageEdited(Build.Message("m1"), "@carol", [Build.User("carol")])));
        Assert.Equal(Build.User("carol"), Assert.Single(view.Mentions));
    }

    [Fact]
    public void Apply_ReactionTwice_CountsOnce()
    {
        var view = Fold(Build.Sent(1, "alice", "m1"), Build.Added(2, "bob", "m1", "tada"), Build.Added(3, "bob", "m1", "tada"));
        Assert.Equal(Build.User("bob"), Assert.Single(Assert.Single(view.Reactions).Users));
    }

    [Fact]
    public void Apply_SameMessageIdOfAnotherStream_ChangesNothing()
    {
        var view = Fold(Build.Sent(1, "alice", "m1"));
        Assert.Same(view, view.Apply(Build.Edited(2, "alice", "m1", "x") with { Stream = StreamId.Of(ChannelId.Parse("random")) }));
    }

    [Fact]
    public void WriteItem_WithAThread_SaysHowItStands()
    {
        var opened = Fold(Build.Sent(1, "alice", "m1"), Build.Opened(2, "bob", "m1", "t1"));
        Assert.Equal(
            """{"id":"m1","content":"hi","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"thread":{"threadId":"t1","replyCount":0},"seq":1,"lastSeq":2}""",
            Item(opened));
        Assert.Equal(
            """{"id":"m1","content":"hi","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"thread":{"threadId":"t1","replyCount":3,"lastReply":{"id":"r3","userId":"carol","createdAt":"2026-11-22T10:00:03.123Z"}},"seq":1,"lastSeq":5}""",
            Item(opened.Apply(Build.Counted(4, "bob", "m1", "t1", 2, "r2")).Apply(Build.Counted(5, "bob", "m1", "t1", 3, "r3"))));
    }

    // Replies outlive what they reply to.
    [Fact]
    public void WriteItem_DeletedWithAThread_KeepsTheThreadAlone()
    {
        NumberedEvent[] events = [Build.Sent(1, "alice", "m1", "secret"), Build.Opened(2, "bob", "m1", "t1"), Build.Deleted(3, "alice", "m1")];
        Assert.Equal(
            """{"id":"m1","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","deletedAt":"2026-11-22T10:00:02.123Z","thread":{"threadId":"t1","replyCount":1,"lastReply":{"id":"r1","userId":"carol","createdAt":"2026-11-22T10:00:03.123Z"}},"seq":1,"lastSeq":4}""",
            Item(Fold([.. events, Build.Counted(4, "bob", "m1", "t1", 1, "r1")])));
        var openedLater = Fold(Build.Sent(1, "alice", "m1"), Build.Deleted(2, "alice", "m1"), Build.Opened(3, "bob", "m1", "t1"));
        Assert.Equal("t1", openedLater.Replies!.Thread.Value);
        Assert.NotNull(openedLater.DeletedAt);
    }

    [Fact]
    public void Apply_ThreadOfAnotherMessage_ChangesNothing()
    {
        var view = Fold(Build.Sent(1, "alice", "m1"));
        Assert.Same(view, view.Apply(Build.Counted(2, "bob", "m2", "t1", 1, "r1")));
    }

    [Fact]
    public void Apply_EventsOfOthersAndOldOnesBetween_GivesTheSameView() => RandomConversation.Gen.Sample(
        events =>
        {
            foreach (var own in events.Where(numbered => numbered.Event.Message is not null).GroupBy(numbered => numbered.Event.Message))
            {
                var expected = Item(Fold([.. own]));
                Assert.Equal(expected, Item(Fold([.. events.SkipWhile(numbered => numbered != own.First())])));

                // Every event delivered twice, and once more from the beginning after it.
                var view = MessageView.Create(own.First());
                foreach (var numbered in events)
                    view = events.Where(earlier => earlier.Seq <= numbered.Seq).Aggregate(view.Apply(numbered).Apply(numbered), (last, earlier) => last.Apply(earlier));
                Assert.Equal(expected, Item(view));
            }
        },
        iter: 200);

    private static MessageView Fold(params NumberedEvent[] events) =>
        events.Skip(1).Aggregate(MessageView.Create(events[0]), (view, numbered) => view.Apply(numbered));

    private static string Item(MessageView view) => Json.Of(writer => view.WriteItem(writer));
}
