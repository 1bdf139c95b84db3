using System.Diagnostics;
using System.Text;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using Xunit.Abstractions;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>Snapshot and tail give the state that all events give; a bad snapshot costs a replay and nothing else.</summary>
public sealed class ConversationRecoveryTests(ITestOutputHelper output) : IDisposable
{
    private const int SnapshotEvery = 10;

    private static readonly Requester Ada = Given.Stranger("ada", Protocol.Identity.Role.Admin);
    private static readonly Requester Zebedee = Given.Stranger("zebedee");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Restart_WithSnapshotAndTail_GivesTheSameState()
    {
        AccessGranted before;
        await using (var node = await Start())
        {
            var room = node.Room("general");
            await Fill(room);
            await room.Receipt(new ConversationCommand.AddMember(Server, Given.Stranger("tail").User));
            var probe = Probe.In(node.System);
            await room.Listen(probe, Zebedee);
            before = await probe.Expect<AccessGranted>();
        }

        await using var again = await Start();
        var reopened = again.Room("general");
        var now = Probe.In(again.System);
        await reopened.Listen(now, Zebedee);
        Assert.Equal(before with { Authorities = [] }, await now.Expect<AccessGranted>() with { Authorities = [] });
        Assert.Equal(before.Head + 1, (await reopened.Send(Zebedee, "next")).Seq);
        Assert.Equal(before.Head + 2, (await reopened.Send(Given.Stranger("tail"), "added behind the snapshot")).Seq);
        Assert.Equal(Refusal.Unauthorized, (await reopened.Do(reopened.Message(Given.Stranger("gone"), "removed before it"))).Refusal);
        Assert.Equal(before.Head + 2, (await reopened.VerifiedRecords()).Count);
    }

    [Fact]
    public async Task Recovery_WithASnapshot_DoesNotReadWhatIsBeforeIt()
    {
        await using var node = await Start();
        var room = node.Room("general");
        await Fill(room);
        var (seq, head) = (await SnapshotSeq(room), await node.Store.Head(room.Stream));
        // What other streams are owed is read again until they have it.
        await ConversationNode.Eventually(() => node.Query<long>("SELECT COUNT(*) FROM relay") == 0);
        await room.Unload(Ada);

        // Whoever replayed these would refuse to serve.
        Assert.Equal(seq, node.Tamper("UPDATE journal SET message = x'00' WHERE persistence_id = @p AND sequence_number <= @s", ("@p", room.Stream.Value), ("@s", seq)));

        Assert.Equal(head + 1, (await room.Send(Zebedee, "still here")).Seq);
        Assert.Empty(node.Errors.Items);
    }

    [Fact]
    public async Task Snapshot_InTheFile_ShowsNoName()
    {
        await using var node = await Start();
        var room = node.Room("general");
        await Fill(room);
        await SnapshotSeq(room);

        var bytes = node.Query<byte[]>("SELECT snapshot FROM snapshot WHERE persistence_id = @p", ("@p", room.Stream.Value));
        var text = Encoding.Latin1.GetString(bytes);
        Assert.All(["zebedee", "General", "demo", "channel-"], name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        Assert.Equal((long)SnapshotSerializer.FixedIdentifier, node.Query<long>("SELECT serializer_id FROM snapshot WHERE persistence_id = @p", ("@p", room.Stream.Value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    public async Task Recovery_WithADamagedSnapshot_ReplaysTheStream(int at)
    {
        await using var node = await Start();
        var room = node.Room("general");
        await Fill(room);
        await SnapshotSeq(room);
        var head = await node.Store.Head(room.Stream);
        await room.Unload(Ada);
        var bytes = node.Query<byte[]>("SELECT snapshot FROM snapshot WHERE persistence_id = @p", ("@p", room.Stream.Value));
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        Assert.Equal(1, node.Tamper("UPDATE snapshot SET snapshot = @b WHERE persistence_id = @p", ("@p", room.Stream.Value), ("@b", bytes)));

        Assert.Equal(head + 1, (await room.Send(Zebedee, "still here")).Seq);
        Assert.Equal(Refusal.Unauthorized, (await room.Do(room.Message(Given.Stranger("gone"), "and still out"))).Refusal);
    }

    [Fact]
    public async Task Recovery_WithTheSnapshotOfAnotherConversation_RefusesToServe()
    {
        await using var node = await Start();
        var (mine, other) = (node.Room("mine"), node.Room("other"));
        await Fill(mine);
        await Fill(other);
        Assert.Equal(await SnapshotSeq(mine), await SnapshotSeq(other));
        await mine.Unload(Ada);
        node.Tamper("DELETE FROM journal WHERE persistence_id = @p AND sequence_number > @s", ("@p", mine.Stream.Value), ("@s", await SnapshotSeq(mine)));
        Assert.Equal(1, node.Tamper(
            "UPDATE snapshot SET snapshot = (SELECT snapshot FROM snapshot WHERE persistence_id = @o) WHERE persistence_id = @p",
            ("@p", mine.Stream.Value), ("@o", other.Stream.Value)));

        Assert.Equal(Refusal.Unavailable, (await mine.Do(mine.Message(Zebedee, "whose members?"))).Refusal);
        await node.Errors.First(e => e.Contains("channel-mine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recovery_OfAHundredThousandEvents_ReplaysTheTailAlone()
    {
        const int events = 100_000, tail = 400;
        await using var node = await ConversationNode.Start(_directory.Path, o => (o.MaxBatch, o.MaxWaiting) = (5_000, 20_000));
        var room = node.Room("general");
        await room.Create(Ada.In(Given.Demo));
        var probe = Probe.In(node.System);
        var actor = await room.Listen(probe, Ada.In(Given.Demo));
        for (var sent = 1; sent < events - tail; sent += 10_000)
        {
            var count = Math.Min(10_000, events - tail - sent);
            for (var i = 0; i < count; i++)
                actor.Tell(new Execute(room.Stream, room.Message(Ada.In(Given.Demo), $"{sent + i}"), i, node.System.DeadLetters, Via: null), probe.Ref);
            await probe.Received.Until(m => ((Published?)m.LastOrDefault(x => x.Message is Published).Message)?.Events[^1].Seq == sent + count);
        }

        await room.SendMany(Ada.In(Given.Demo), tail);
        Assert.Equal(events, await node.Store.Head(room.Stream));
        var seq = await SnapshotSeq(room);
        // Where the last snapshot falls depends on how the machine cut the batches; that it is near the end does not.
        Assert.InRange(events - seq, 0, node.Services.Options.SnapshotEvery);
        await room.Unload(Ada.In(Given.Demo));
        // Whoever replayed these would refuse to serve.
        node.Tamper("UPDATE journal SET message = x'00' WHERE persistence_id = @p AND sequence_number <= @s", ("@p", room.Stream.Value), ("@s", seq));

        var clock = Stopwatch.StartNew();
        Assert.Equal(events + 1, (await room.Send(Ada.In(Given.Demo), "here")).Seq);
        output.WriteLine($"first answer of a channel of {events} events, {events - seq} of them replayed: {clock.ElapsedMilliseconds} ms");
    }

    private static Requester Server => Requester.Server;

    private Task<ConversationNode> Start() =>
        ConversationNode.Start(_directory.Path, o => (o.SnapshotEvery, o.MaxBatch) = (SnapshotEvery, 4));

    // A private channel with members that came and went, several snapshots old, and a tail behind the last one.
    private static async Task Fill(Room room)
    {
        await room.Create(Server, ChannelVisibility.Private);
        foreach (var member in (Requester[])[Ada, Zebedee, Given.Stranger("gone")])
            await room.Receipt(new ConversationCommand.AddMember(Server, member.User));
        await room.Receipt(new ConversationCommand.RemoveMember(Server, Given.Stranger("gone").User));
        for (var i = 0; i < 29; i++)
            await room.Send(Zebedee, $"message {i}");
    }

    // Waits for the snapshot that is due, and for the older ones to go.
    private static async Task<long> SnapshotSeq(Room room)
    {
        var every = room.Node.Services.Options.SnapshotEvery;
        var head = await room.Node.Store.Head(room.Stream);
        using var patience = new CancellationTokenSource(ConversationNode.Patience);
        while (true)
        {
            var count = room.Node.Query<long>("SELECT count(*) FROM snapshot WHERE persistence_id = @p", ("@p", room.Stream.Value));
            if (count == 1)
            {
                var seq = room.Node.Query<long>("SELECT sequence_number FROM snapshot WHERE persistence_id = @p", ("@p", room.Stream.Value));
                if (head - seq < every)
                    return seq;
            }

            await Task.Delay(10, patience.Token);
        }
    }
}
