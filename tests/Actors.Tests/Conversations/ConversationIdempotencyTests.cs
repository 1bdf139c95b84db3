using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A client id stands for one message as long as the channel lives.</summary>
public sealed class ConversationIdempotencyTests : IDisposable
{
    private static readonly Requester Ada = Given.Member("ada");
    private static readonly Requester Bob = Given.Member("bob");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Send_RepeatedAfterAThousandMessagesAndARestart_GetsTheFirstReceiptAndJournalsNothing()
    {
        Receipt first;
        long head;
        await using (var node = await ConversationNode.Start(_directory.Path))
        {
            var room = node.Room("general");
            await room.Create(Ada);
            first = await room.Send(Ada, "once", "key-1");
            await room.SendMany(Bob, 1_100);
            head = await node.Store.Head(room.Stream);

            Assert.Equal(first, await room.Send(Ada, "once", "key-1"));
            Assert.Equal(head, await node.Store.Head(room.Stream));
        }

        await using var again = await ConversationNode.Start(_directory.Path);
        var reopened = again.Room("general");
        Assert.Equal(first, await reopened.Send(Ada, "once", "key-1"));
        Assert.Equal(Refusal.IdempotencyConflict, (await reopened.Do(reopened.Message(Ada, "twice", "key-1"))).Refusal);
        Assert.Equal(0, again.Rows);
        Assert.Equal(head, await again.Store.Head(reopened.Stream));

        // The key is its author's: another user's is another message.
        Assert.Equal(head + 1, (await reopened.Send(Bob, "once", "key-1")).Seq);
    }

    [Fact]
    public async Task Send_TwiceInOneBatch_IsOneMessage()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var room = node.Room("general");
        await room.Create(Ada);
        await room.Send(Ada, "warm");
        var before = node.Commits();

        Task<Receipt> opening, one, two;
        Task<ConversationMessages.Executed> other;
        using (node.HoldWrites())
        {
            opening = room.Send(Ada, "holds the others up");
            one = room.Send(Ada, "once", "key-1");
            two = room.Send(Ada, "once", "key-1");
            other = room.Do(room.Message(Ada, "twice", "key-1"));
        }

        await opening;
        Assert.Equal(await one, await two);
        Assert.Equal(Refusal.IdempotencyConflict, (await other).Refusal);
        Assert.InRange(node.Commits() - before, 1, 2);
        Assert.Equal(4, (await room.VerifiedRecords()).Count);
    }

    [Fact]
    public async Task Send_RepeatedWhileTheFirstIsBeingWritten_GetsItsReceipt()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var room = node.Room("general");
        await room.Create(Ada);

        Task<Receipt>[] asked;
        using (node.HoldWrites())
            asked = [.. Enumerable.Range(0, 50).Select(_ => room.Send(Ada, "once", "key-1"))];

        var receipts = await Task.WhenAll(asked);
        Assert.Equal(new[] { receipts[0] }, receipts.Distinct());
        Assert.Equal(2, (await room.VerifiedRecords()).Count);
    }

    [Fact]
    public async Task Send_RefusedAsAConflict_LeavesTheKeyToItsFirstMessage()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var room = node.Room("general");
        await room.Create(Ada);
        var first = await room.Send(Ada, "once", "key-1");
        await room.Unload(Ada);

        Assert.Equal(Refusal.IdempotencyConflict, (await room.Do(room.Message(Ada, "twice", "key-1"))).Refusal);
        Assert.Equal(first, await room.Send(Ada, "once", "key-1"));
    }
}
