using System.Text;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>Commands through the shard region, and what is in the file afterwards.</summary>
public sealed class ConversationActorTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly Requester Ada = Given.Member("ada");
    private static readonly Requester Bob = Given.Member("bob");

    private ConversationNode Node => shared.Node;

    [Fact]
    public async Task Execute_OfEveryCommand_NumbersDenselyAndJournalsWhatWasSaid()
    {
        var room = Node.Room("every-command");
        var image = new Attachment("plan.png", 12, "image/png", new string('a', 64), "https://files.example/plan.png");
        var first = new ConversationCommand.Send(Ada, Node.Services.Ids.NewMessage(), "hello 🌍", [image], [Bob.User], "c-1");
        var second = room.Message(Bob, "hi");

        Receipt[] receipts =
        [
            await room.Create(Ada, ChannelVisibility.Private),
            await room.Receipt(new ConversationCommand.AddMember(Ada, Bob.User)),
            await room.Receipt(first),
            await room.Receipt(second),
            await room.Receipt(new ConversationCommand.Edit(Bob, second.Id, "hi!", [Ada.User])),
            await room.Receipt(new ConversationCommand.React(Ada, second.Id, "👍", Add: true)),
            await room.Receipt(new ConversationCommand.React(Ada, second.Id, "👍", Add: false)),
            await room.Receipt(new ConversationCommand.Delete(Bob, second.Id)),
            await room.Receipt(new ConversationCommand.RemoveMember(Bob, Bob.User)),
        ];

        // A private channel is created together with its first member.
        Assert.Equal([2L, 3, 4, 5, 6, 7, 8, 9, 10], receipts.Select(r => r.Seq));
        Assert.Equal(first.Id, receipts[2].Message);
        var events = await room.Events();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), events.Select(e => e.Seq));
        Assert.Equal(receipts.Select(r => r.At), events.Skip(1).Select(e => e.At));
        Assert.Equal(
            [Ada.User, Ada.User, Ada.User, Ada.User, Bob.User, Bob.User, Ada.User, Ada.User, Bob.User, Bob.User],
            events.Select(e => e.By));
        Assert.Equal(new ChannelCreated(room.Channel, Given.Demo, "General", ChannelVisibility.Private), events[0].Event);
        Assert.Equal(new MemberAdded(Ada.User), events[1].Event);
        Assert.Equal(new MemberAdded(Bob.User), events[2].Event);
        var sent = Assert.IsType<MessageCreated>(events[3].Event);
        Assert.Equal((first.Id, "hello 🌍", "c-1"), (sent.Id, sent.Content, sent.ClientId));
        Assert.Equal(image, Assert.Single(sent.Attachments));
        Assert.Equal(Bob.User, Assert.Single(sent.Mentions));
        Assert.Equal("hi", Assert.IsType<MessageCreated>(events[4].Event).Content);
        var edited = Assert.IsType<MessageEdited>(events[5].Event);
        Assert.Equal((second.Id, "hi!"), (edited.Id, edited.Content));
        Assert.Equal(Ada.User, Assert.Single(edited.Mentions));
        Assert.Equal(new ReactionAdded(second.Id, "👍"), events[6].Event);
        Assert.Equal(new ReactionRemoved(second.Id, "👍"), events[7].Event);
        Assert.Equal(new MessageDeleted(second.Id), events[8].Event);
        Assert.Equal(new MemberRemoved(Bob.User), events[9].Event);
    }

    [Fact]
    public async Task Execute_OfASend_LeavesNeitherTextNorNameNorClientIdReadableInTheJournal()
    {
        var room = Node.Room("unreadable");
        var adelaide = Given.Member("adelaide");
        await room.Create(adelaide);
        await room.Send(adelaide, "the cat is in the bag", "client-id-of-hers");

        foreach (var record in await room.VerifiedRecords())
        {
            var text = Encoding.UTF8.GetString(record.Bytes.Span);
            Assert.All(["adelaide", "the cat", "client-id", "General"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        Assert.Equal(0, Node.Query<long>("SELECT count(*) FROM idempotency WHERE instr(idempotency_key, CAST('client-id' AS BLOB)) > 0"));
    }

    [Fact]
    public async Task Execute_Refused_JournalsNothing()
    {
        var room = Node.Room("refusals");
        await room.Create(Ada, ChannelVisibility.Private);
        var head = await Node.Store.Head(room.Stream);

        Assert.Equal(Refusal.Unauthorized, (await room.Do(room.Message(Bob, "let me in"))).Refusal);
        Assert.Equal(Refusal.NotFound, (await room.Do(new ConversationCommand.Edit(Ada, MessageId.Parse("m_none"), "x", null))).Refusal);
        Assert.Equal(Refusal.Unauthorized, (await room.Do(new ConversationCommand.AddMember(Bob, Bob.User))).Refusal);
        Assert.Equal(Refusal.Unauthorized, (await Node.Room("never-made").Do(Given.Send(Ada, "m_1"))).Refusal);

        Assert.Equal(head, await Node.Store.Head(room.Stream));
        Assert.Equal(0, await Node.Store.Head(StreamId.Parse("channel-never-made")));
    }

    [Fact]
    public async Task Execute_OnAMessageThatIsNoLongerInMemory_FindsItInTheJournal()
    {
        var room = Node.Room("old-message");
        await room.Create(Ada);
        var old = room.Message(Ada, "old");
        await room.Receipt(old);
        await room.SendMany(Bob, Node.Services.Options.RecentMessages + 1);

        Assert.Equal(Refusal.Forbidden, (await room.Do(new ConversationCommand.Edit(Bob, old.Id, "mine now", null))).Refusal);
        await room.Receipt(new ConversationCommand.Edit(Ada, old.Id, "older", null));
        await room.Receipt(new ConversationCommand.React(Bob, old.Id, "👍", Add: true));

        var view = Assert.Single(await Node.Services.Reader.Messages(room.Stream, [old.Id], CancellationToken.None));
        Assert.Equal("older", view.Content);
        Assert.Equal(Bob.User, Assert.Single(Assert.Single(view.Reactions).Users));
    }

    [Fact]
    public async Task Execute_OfManyAtOnce_CommitsThemTogetherInTheOrderOfEachSender()
    {
        const int senders = 10, each = 50;
        var room = Node.Room("burst");
        await room.Create(Ada);
        await room.Send(Ada, "warm");
        var before = Node.Commits();

        // Told from one thread, so that the order of a sender's messages is that of the loop.
        var asked = new List<Task<Receipt>>();
        for (var i = 0; i < each; i++)
        {
            for (var s = 0; s < senders; s++)
                asked.Add(room.Send(Given.Member($"user-{s}"), $"{i}"));
        }

        var receipts = await Task.WhenAll(asked);

        Assert.InRange(Node.Commits() - before, 1, 20);
        Assert.Equal(Enumerable.Range(3, senders * each).Select(i => (long)i), receipts.Select(r => r.Seq).Order());
        var events = (await room.Events()).Skip(2).ToArray();
        Assert.Equal(senders * each, events.Length);
        foreach (var sender in events.GroupBy(e => e.By))
            Assert.Equal(Enumerable.Range(0, each).Select(i => $"{i}"), sender.Select(e => ((MessageCreated)e.Event).Content));
    }

    [Fact]
    public async Task Execute_WhileAWriteIsInFlight_CommitsAllThatWaitInOneTransaction()
    {
        var room = Node.Room("in-flight");
        await room.Create(Ada);
        await room.Send(Ada, "warm");
        var before = Node.Commits();

        Task<Receipt> first;
        Task<Receipt>[] waiting;
        using (Node.HoldWrites())
        {
            first = room.Send(Ada, "first");
            waiting = [.. Enumerable.Range(0, Node.Services.Options.MaxBatch - 1).Select(i => room.Send(Ada, $"{i}"))];
            Assert.False(first.IsCompleted);
            Assert.Equal(before, Node.Commits());
        }

        await Task.WhenAll([first, .. waiting]);

        // The first alone, or with those that came before the actor's turn; then all the others together.
        Assert.InRange(Node.Commits() - before, 1, 2);
        Assert.Equal(Node.Services.Options.MaxBatch + 2, (await room.VerifiedRecords()).Count);
    }

    [Fact]
    public async Task Execute_BeyondWhatMayWait_IsUnavailableAtOnce()
    {
        const int most = 100, batch = 10;
        using var directory = new TempDirectory();
        await using var node = await ConversationNode.Start(directory.Path, o => (o.MaxWaiting, o.MaxBatch) = (most, batch));
        var room = node.Room("flood");
        await room.Create(Ada);

        Task<ConversationMessages.Executed>[] asked;
        using (node.HoldWrites())
        {
            asked = [.. Enumerable.Range(0, most + batch + 50).Select(i => room.Do(room.Message(Ada, $"{i}")))];
            Assert.Equal(Refusal.Unavailable, (await await Task.WhenAny(asked)).Refusal);
        }

        var answers = await Task.WhenAll(asked);
        Assert.InRange(answers.Count(a => a.Receipt is not null), most, most + batch);
        Assert.Equal(answers.Count(a => a.Receipt is not null) + 1, (await room.VerifiedRecords()).Count);
    }
}
