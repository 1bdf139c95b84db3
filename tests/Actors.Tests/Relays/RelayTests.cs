using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using StartCall = QuikApp.Actors.Conversations.ConversationCommand.StartCall;

namespace QuikApp.Actors.Tests.Relays;

/// <summary>What one conversation means for others arrives there once.</summary>
public sealed class RelayTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private ConversationNode Node => shared.Node;

    [Fact]
    public async Task Mention_ReachesTheUserOnce_AndIsSettled()
    {
        var town = await Town.Create(Node, "mention", "ada", "bob");
        var channel = await town.Open("hall");
        var sent = await channel.Mention(town["ada"], "hello bob", town["bob"], town["ada"]);
        await channel.Receipt(new Edit(town["ada"], sent.Message!.Value, "hello Bob", null));

        Assert.Equal(
            new NotificationCreated(NotificationKind.Mention, channel.Channel, null, sent.Message.Value, sent.Seq, "hello bob"),
            await town.Of("bob").Event<NotificationCreated>());
        await NothingOwedBy(channel);
        Assert.Single(await town.Of("bob").Events());
        Assert.Empty(await town.Of("ada").Events());
    }

    [Fact]
    public async Task DeletedMention_IsWithdrawn_AlsoWhereAnEditTookItBack()
    {
        var town = await Town.Create(Node, "withdrawn", "ada", "bob");
        var channel = await town.Open("hall");
        var sent = await channel.Mention(town["ada"], "secret", town["bob"]);
        await channel.Receipt(new Edit(town["ada"], sent.Message!.Value, "x", []));
        await channel.Receipt(new Delete(town["ada"], sent.Message.Value));

        Assert.Equal(
            new NotificationWithdrawn(channel.Channel, null, sent.Message.Value, sent.Seq),
            await town.Of("bob").Event<NotificationWithdrawn>());
    }

    [Fact]
    public async Task WhatNobodyTakes_IsSettledToo()
    {
        // There is no such workspace that could list the channel.
        var channel = Node.Room("nowhere");
        await channel.Create(Given.Member("ada"));

        await NothingOwedBy(channel);
    }

    // What happened in this order must be heard in this order: else a user is a member for ever who was removed.
    [Fact]
    public async Task OneTarget_HearsThingsInTheirOrder()
    {
        string[] others = ["ada", "bob", "dave", "erin", "fay", "gus"];
        var town = await Town.Create(Node, "order", [.. others, "carol"]);
        var channel = await town.Open("hall", ChannelVisibility.Private);
        await Together(channel, [.. others.Select(name => new AddMember(Requester.Server, town[name].User))]);
        await NothingOwedBy(channel);

        await Together(
            channel,
            new AddMember(Requester.Server, town["carol"].User), new RemoveMember(Requester.Server, town["carol"].User), new AddMember(Requester.Server, town["carol"].User),
            new RemoveMember(Requester.Server, town["carol"].User));
        await NothingOwedBy(channel);

        Assert.Equal(["ChannelJoined", "ChannelLeft", "ChannelJoined", "ChannelLeft"], (await town.Of("carol").Events()).Select(e => e.Event.GetType().Name));
    }

    [Fact]
    public async Task Replies_UnderLoad_AreCountedTogetherAndInTheEndRight()
    {
        var town = await Town.Create(Node, "load", "ada", "bob");
        var channel = await town.Open("hall");
        var (thread, root) = await town.Thread(channel, "ada");

        await thread.SendMany(town["bob"], 300);
        await NothingOwedBy(thread);

        var counts = (await channel.Events()).Select(e => e.Event).OfType<ThreadUpdated>().ToList();
        var last = (await thread.Events())[^1];
        Assert.InRange(counts.Count, 1, 150);
        Assert.Equal(300, counts[^1].Replies);
        Assert.Equal((root, last.Event.Message!.Value, last.At), (counts[^1].Root, counts[^1].LastReply, counts[^1].LastReplyAt));
        Assert.Equal(300, (await town.Of("ada").Events()).Count(e => e.Event is NotificationCreated { Kind: NotificationKind.Reply }));
    }

    [Fact]
    public async Task StartOfThreadAndCall_AreAnsweredWhenTheyAreThere()
    {
        var town = await Town.Create(Node, "start", "ada", "bob");
        var channel = await town.Open("hall");
        for (var i = 0; i < 5; i++)
        {
            var sent = await channel.Send(town["ada"], "root");
            var thread = ThreadId.Parse($"start-{i}");
            await channel.Receipt(new OpenThread(town["bob"], sent.Message!.Value, thread));
            Assert.NotEmpty(await Node.Room(StreamId.Of(thread)).Events());
        }

        var call = (await channel.Receipt(new StartCall(town["ada"], CallId.Parse("start-call"), CallMedia.Audio))).Call!.Value;
        Assert.NotEmpty(await Node.Room(StreamId.Of(call)).Events());
    }

    private Task NothingOwedBy(Room room) =>
        ConversationNode.Eventually(() => Node.Query<long>("SELECT count(*) FROM relay WHERE stream = @s", ("@s", room.Stream.Value)) == 0);

    // While the first write waits for the database the others gather, and are then committed together.
    private async Task Together(Room room, params ConversationCommand[] commands)
    {
        var probe = Probe.In(Node.System);
        using (Node.HoldWrites())
        {
            Node.Region.Tell(new Execute(room.Stream, room.Message(Requester.Server, "first"), 0, probe.Ref, Via: null), probe.Ref);
            foreach (var command in commands)
                Node.Region.Tell(new Execute(room.Stream, command, 1, probe.Ref, Via: null), probe.Ref);
            var witness = Probe.In(Node.System);
            Node.Region.Tell(new Follow(room.Stream, witness.Ref), witness.Ref);
            await witness.Expect<Followed>();
        }

        await probe.Received.Until(all => all.Count > commands.Length);
        Assert.All(probe.Received.Items, m => Assert.Null(Assert.IsType<Executed>(m.Message).Refusal));
    }
}
