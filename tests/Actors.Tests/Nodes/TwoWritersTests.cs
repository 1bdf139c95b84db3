using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>Two nodes that both take a conversation for theirs: what happens behind a partition until one side is downed.</summary>
public sealed class TwoWritersTests(ConversationCluster cluster) : IClassFixture<ConversationCluster>
{
    [Fact]
    public async Task SecondWriter_AcknowledgesNothing_AndStops()
    {
        var town = await Town.Create(cluster.A, "two", "ada");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var services = cluster.C.Services;
        var stream = channel.Stream;
        var second = cluster.C.System.ActorOf(Props.Create(() => new ConversationActor(stream, services)));
        var probe = Probe.In(cluster.C.System);
        // It has read the journal, and then the other one writes.
        second.Tell(new Follow(stream, probe.Ref), probe.Ref);
        Assert.Equal(1, (await probe.Expect<Followed>()).State.Seq);
        await channel.Send(town["ada"], "by the first");
        var ended = probe.Ended(second);

        second.Tell(new Execute(stream, channel.Message(town["ada"], "by the second"), 9, probe.Ref, Via: null));

        Assert.Equal(Refusal.Unavailable, (await probe.Expect<Executed>()).Refusal);
        await ended;
        Assert.Equal(3, (await channel.Send(town["ada"], "by the first again")).Seq);
        Assert.Equal(3, (await channel.VerifiedRecords()).Count);
    }
}
