using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Threads;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;
using ThreadState = QuikApp.Actors.Threads.ThreadState;

namespace QuikApp.Actors.Tests.Threads;

public sealed class ThreadRulesTests
{
    private static readonly Requester Alice = Given.Member("alice");
    private static readonly Requester Bob = Given.Member("bob");
    private static readonly ThreadId T1 = ThreadId.Parse("t1");
    private static readonly Record Created =
        new(Requester.OnBehalfOf(Bob.User), "opened", new ThreadCreated(T1, Given.General, MessageId.Parse("m1"), Alice.User));

    [Fact]
    public void Create_IsTheServersAlone_AndOnce()
    {
        var thread = new Simulation(StreamId.Of(T1));
        thread.Refuses(Refusal.Unauthorized, Given.Send(Alice, "r1"));
        thread.Refuses(Refusal.Unauthorized, Created with { By = Given.Member("mallory", Role.Admin) });

        thread.Must(Created);
        thread.Repeats(Created);
        thread.Repeats(Created with { Origin = "another" });
        Assert.Equal(new ThreadInfo(T1, Given.General, MessageId.Parse("m1"), Alice.User), ((ThreadState)thread.State).Thread);
    }

    [Fact]
    public void Send_IsOfTheThread_AndCounted()
    {
        var thread = Open(Conversation.Of(Given.Create(Requester.Server)));

        var sent = Assert.IsType<MessageCreated>(Assert.Single(thread.Journals(Given.Send(Bob, "r1"))));
        Assert.Equal(T1, sent.Thread);
        thread.Must(Given.Send(Alice, "r2"));
        thread.Must(new Edit(Alice, MessageId.Parse("r2"), "x", null));
        thread.Must(new React(Bob, MessageId.Parse("r2"), "tada", Add: true));
        Assert.Equal((2, "r2"), Count(thread));
        thread.Must(new Delete(Alice, MessageId.Parse("r2")));
        thread.Repeats(new Delete(Alice, MessageId.Parse("r2")));
        // The last reply is the last that was sent: what is deleted says nothing of it any more but its time.
        Assert.Equal((1, "r2"), Count(thread));
        thread.Refuses(Refusal.InvalidEvent, new OpenThread(Alice, MessageId.Parse("r1"), T1));
    }

    [Fact]
    public void Send_ThroughAnotherChannel_IsNotFound()
    {
        var thread = Open(Conversation.Of(Given.Create(Requester.Server)));

        thread.Must(Given.Send(Bob, "r1") with { Within = Given.General });
        thread.Refuses(Refusal.NotFound, Given.Send(Bob, "r2") with { Within = ChannelId.Parse("other") });
    }

    [Fact]
    public void Rights_AreThoseOfTheChannel()
    {
        var channel = Conversation.Of(Given.Create(Alice, ChannelVisibility.Private));
        var thread = Open(channel);

        thread.Must(Given.Send(Alice, "r1"));
        thread.Refuses(Refusal.Unauthorized, Given.Send(Bob, "r2"));
        thread.Refuses(Refusal.Forbidden, Given.Send(Alice with { Role = Role.Auditor }, "r2"));
        thread.Refuses(Refusal.Unauthorized, new Delete(Given.Member("mona", Role.Moderator), MessageId.Parse("r1")));
        thread.Roster = Given.Roster("-alice");
        thread.Refuses(Refusal.Unauthorized, Given.Send(Alice, "r3"));
    }

    [Fact]
    public void Archived_WithItsChannel_TakesNothing()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server), new Archive(Requester.Server, Archived: true));
        var thread = Open(channel);

        thread.Refuses(Refusal.Archived, Given.Send(Alice, "r1"));
        Assert.True(thread.State.Admits(Alice, thread.Access(Alice)));
    }

    private static Simulation Open(Conversation channel)
    {
        var thread = new Simulation(StreamId.Of(T1)) { Parent = channel.State };
        thread.Must(Created);
        return thread;
    }

    private static (long Replies, string? Last) Count(Simulation thread)
    {
        var state = (ThreadState)thread.State;
        return (state.Replies, state.LastReply?.Id.Value);
    }
}
