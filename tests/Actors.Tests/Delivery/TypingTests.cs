using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Delivery;

public sealed class TypingTests(HubNode shared) : IClassFixture<HubNode>
{
    private static readonly Requester Ada = Given.Member("ada");
    private static readonly Requester Bob = Given.Member("bob");

    [Fact]
    public async Task Typing_OfAUser_IsRelayedToTheOthersAndEndsByItself()
    {
        var (room, ada, bob) = await Two("expiry");

        Type(room, Ada, started: true);

        await bob.Story.First(s => s == "typing:stop ada");
        Assert.Equal(["Joined", "typing:start ada", "typing:stop ada"], bob.Story.Items);
        Assert.Equal(["Joined"], ada.Story.Items);
        Assert.Equal(1, await room.Node.Store.Head(room.Stream));
    }

    [Fact]
    public async Task Typing_EndedByTheUser_EndsOnce()
    {
        var (room, ada, bob) = await Two("stop");

        Type(room, Ada, started: false);
        Type(room, Ada, started: true);
        Type(room, Ada, started: false);
        Type(room, Ada, started: false);
        Type(room, Bob, started: true);

        await ada.Story.First(s => s == "typing:stop bob");
        Assert.Equal(["Joined", "typing:start ada", "typing:stop ada"], bob.Story.Items);
    }

    [Fact]
    public async Task Typing_OfWhoSendsAMessage_EndsBehindIt()
    {
        var (room, ada, bob) = await Two("sent");

        Type(room, Ada, started: true);
        await bob.Story.First(s => s == "typing:start ada");
        await room.Send(Bob, "not hers");
        await room.Send(Ada, "hers");
        await bob.Story.First(s => s == "typing:stop ada");

        Assert.Equal(["Joined", "typing:start ada", "message:new 2", "message:new 3", "typing:stop ada"], bob.Story.Items);
        Assert.Equal(["Joined", "message:new 2", "message:new 3"], ada.Story.Items);
    }

    [Fact]
    public async Task Typing_OfAStranger_IsNotRelayed()
    {
        var (room, _, bob) = await Two("stranger");

        Type(room, Given.Stranger("eve"), started: true);
        Type(room, Ada, started: true);

        await bob.Story.First(s => s == "typing:start ada");
        Assert.DoesNotContain("typing:start eve", bob.Story.Items);
    }

    private async Task<(Room Room, FakeSubscriber Ada, FakeSubscriber Bob)> Two(string channel)
    {
        var room = shared.Node.Room($"typing-{channel}");
        await room.Create(Ada);
        return (room, await FakeSubscriber.Live(room, Ada), await FakeSubscriber.Live(room, Bob));
    }

    private static void Type(Room room, Requester who, bool started) =>
        room.Node.Region.Tell(new RelayTyping(room.Stream, who, started), Akka.Actor.ActorRefs.NoSender);
}
