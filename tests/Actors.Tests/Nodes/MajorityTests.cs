using Akka.Actor;
using Akka.Cluster;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>Which part of a cluster goes on, and that the other promises nothing even before it is put out.</summary>
public sealed class MajorityTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "bc", true)]
    [InlineData("abc", "c", false)]
    [InlineData("abc", "a", false)]
    [InlineData("abcd", "bcd", true)]
    [InlineData("abcd", "ad", true)]
    [InlineData("abcd", "bc", false)]
    [InlineData("ab", "a", true)]
    [InlineData("ab", "b", false)]
    [InlineData("a", "a", true)]
    [InlineData("", "", true)]
    public void GoesOn_WithSoManyOfThem(string voters, string reached, bool goesOn) =>
        Assert.Equal(goesOn, Majority.GoesOn([.. voters.Reverse().Select(Node)], node => reached.Select(Node).Contains(node)));

    [Fact]
    public async Task Conversation_OfANodeThatHearsNobody_RefusesBeforeTheNodeIsPutOut()
    {
        // Never, so that nothing else refuses.
        using var cluster = new ConversationCluster { Hocon = "akka.cluster.split-brain-resolver.stable-after = 1h" };
        await cluster.InitializeAsync();
        try
        {
            var town = await Town.Create(cluster.A, "alone", "ada");
            var room = await cluster.ChannelOn(cluster.A, town, "hall");
            await room.Send(town["ada"], "while all are there");
            Task<Executed> Send(string key) =>
                room.Node.Region.Ask<Executed>(self => new Execute(room.Stream, room.Message(town["ada"], "anybody?", key), 1, self, Via: null), ConversationNode.Patience, CancellationToken.None);

            Assert.Null((await Send("first")).Refusal);
            await cluster.B.Crash();
            Assert.Null((await Send("two of three")).Refusal);
            await cluster.C.Crash();
            await ConversationNode.Eventually(() => !cluster.A.Services.Majority!.IsReached);

            Assert.Equal(Refusal.Unavailable, (await Send("alone")).Refusal);
            Assert.Equal(MemberStatus.Up, cluster.A.Cluster.SelfMember.Status);
        }
        finally
        {
            await cluster.DisposeAsync();
        }
    }

    private static Address Node(char name) => new("akka.tcp", "quikapp", $"{name}", 4053);
}
