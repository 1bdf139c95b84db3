using Akka.Actor;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>A hub whose conversation does not answer: its node was killed, and another one has not got it yet.</summary>
public sealed class SilentConversationTests(HubNode shared) : IClassFixture<HubNode>
{
    private const int Crowd = 20;

    [Fact]
    public async Task Joins_WhileNothingIsAnswered_AreAskedAboutByOneQuestion()
    {
        var asked = new Recording<RequestAccess>();
        var room = shared.Node.Room("silent");
        // Nobody who joins is late, however long the machine takes.
        var services = shared.Node.Services with { Time = new StoppedClock() };
        var conversation = shared.Node.System.ActorOf(Props.Create(() => new Silent(asked)));
        var hub = shared.Node.System.ActorOf(Props.Create(() => new TopicHub(room.Topic, conversation, services)));
        Join(Crowd);
        // The first questions of all, and then one for all: the second one shows that the others were not asked again.
        await asked.Until(all => all.Count >= Crowd + 2);
        Join(Crowd);
        await asked.Until(all => all.Count >= Crowd + 3);
        var repeated = asked.Items.Skip(Crowd).ToList();
        Assert.All(repeated, question => Assert.Equal(1, question.Correlation));

        hub.Tell(new AccessGranted(1, 0, null, []), conversation);

        var answered = await asked.Until(all => all.Count >= Crowd + repeated.Count + (2 * Crowd) - 1);
        Assert.Equal(Enumerable.Range(2, (2 * Crowd) - 1).Select(n => (long)n), answered.Skip(Crowd + repeated.Count).Select(question => question.Correlation).Where(n => n > 1).Order());

        void Join(int count)
        {
            for (var n = 0; n < count; n++)
                hub.Tell(new Join(room.Topic, new FakeSubscriber(room, Given.Member($"member-{n}"))), ActorRefs.NoSender);
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent(Recording<RequestAccess> asked)
        {
            Receive<RequestAccess>(asked.Add);
            ReceiveAny(_ => { });
        }
    }
}
