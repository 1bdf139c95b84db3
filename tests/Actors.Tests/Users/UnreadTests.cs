using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using MarkRead = QuikApp.Actors.Conversations.ConversationCommand.MarkRead;

namespace QuikApp.Actors.Tests.Users;

/// <summary>What is left to read, counted in the database.</summary>
public sealed class UnreadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private ConversationNode Node => shared.Node;

    [Fact]
    public async Task Mark_CountsMessagesOfOthersThatAreThere()
    {
        var town = await Town.Create(Node, "unread", "ada", "bob");
        var channel = await town.Open("hall");
        var first = await channel.Mention(town["bob"], "one", town["ada"]);
        var deleted = await channel.Mention(town["bob"], "two", town["ada"]);
        await channel.Send(town["ada"], "my own");
        var third = await channel.Mention(town["bob"], "three", town["ada"], town["bob"]);
        var last = await channel.Send(town["bob"], "four");
        await channel.Receipt(new React(town["bob"], last.Message!.Value, "tada", Add: true));
        await channel.Receipt(new Delete(town["bob"], deleted.Message!.Value));
        await Settled(channel);

        Assert.Equal((3, 2), await Mark(town, channel, 1));
        Assert.Equal((2, 1), await Mark(town, channel, first.Seq));
        // It does not go back, and says what is left all the same.
        Assert.Equal((2, 1), await Left(town, channel, first.Seq));
        Assert.Equal((1, 0), await Mark(town, channel, third.Seq));
        Assert.Equal((0, 0), await Mark(town, channel, last.Seq));
        Assert.Equal(Refusal.InvalidCursor, (await town.Of("ada").Do(new MarkRead(town["ada"], channel.Channel, null, 1_000))).Refusal);
        Assert.Equal(4, (await town.Of("ada").Events()).Count(e => e.Event is ConversationEvent.ReadMarked));
    }

    [Fact]
    public async Task Thread_IsCountedByItself()
    {
        var town = await Town.Create(Node, "unread-thread", "ada", "bob");
        var channel = await town.Open("hall");
        var (thread, _) = await town.Thread(channel, "ada");
        await thread.Mention(town["bob"], "one", town["ada"]);
        await thread.Send(town["bob"], "two");
        await Settled(thread);

        var receipt = await town.Of("ada").Receipt(new MarkRead(town["ada"], channel.Channel, ThreadId.Parse(thread.Stream.Id), 1));
        Assert.Equal((2, 1), (receipt.Unread, receipt.Mentions));
        Assert.Equal((0, 0), await Mark(town, channel, 1));
    }

    [Fact]
    public async Task Direct_IsUnreadAndNoMention()
    {
        var town = await Town.Create(Node, "unread-direct", "ada", "bob");
        var channel = town.Channel("two");
        await channel.Receipt(new Create(town["bob"], channel.Channel, town.Id, "two", ChannelVisibility.Direct, town["ada"].User));
        await channel.Send(town["bob"], "one");
        await Settled(channel);

        Assert.Equal((1, 0), await Mark(town, channel, 1));
    }

    [Fact]
    public async Task Counting_StopsAtAThousand()
    {
        var town = await Town.Create(Node, "unread-many", "ada", "bob");
        var channel = await town.Open("hall");
        await channel.SendMany(town["bob"], 1_001);

        Assert.Equal((1_000, 0), await Mark(town, channel, 1));
        Assert.Equal((1_000, 0), await Mark(town, channel, 2));
        Assert.Equal((999, 0), await Mark(town, channel, 3));
    }

    private static async Task<(long Unread, long Mentions)> Mark(Town town, Room channel, long upTo)
    {
        var receipt = await town.Of("ada").Receipt(new MarkRead(town["ada"], channel.Channel, null, upTo));
        return (receipt.Unread, receipt.Mentions);
    }

    // What the user marked, and what is left above that.
    private static async Task<(long Unread, long Mentions)> Left(Town town, Room channel, long marked)
    {
        var services = channel.Node.Services;
        var left = await services.Store.Unread(
            StreamId.Of(town["ada"].User), channel.Stream, above: null, await services.Keys.Pseudonym(town["ada"].User), CancellationToken.None);
        Assert.Equal(marked, left.Marked);
        return (left.Unread, left.Mentions);
    }

    private Task Settled(Room room) =>
        ConversationNode.Eventually(() => Node.Query<long>("SELECT count(*) FROM relay WHERE stream = @s", ("@s", room.Stream.Value)) == 0);
}
