using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>One conversation of a node, spoken to through the shard region.</summary>
internal sealed class Room(ConversationNode node, StreamId stream)
{
    public ConversationNode Node => node;

    /// <summary>The channel, where it is one.</summary>
    public ChannelId Channel => ChannelId.Parse(Stream.Id);

    public StreamId Stream => stream;

    public Topic Topic { get; } = Topic.TryParse($"{stream.Kind}:{stream.Id}", out var topic) == TopicParse.Ok ? topic : throw new ArgumentException("no topic", nameof(stream));

    /// <summary>Executes a command and waits for its answer.</summary>
    public Task<Executed> Do(ConversationCommand command) =>
        node.Region.Ask<Executed>(sender => new Execute(Stream, command, 1, sender, Via: null), ConversationNode.Patience, CancellationToken.None);

    /// <summary>Executes a command that must be acknowledged.</summary>
    public async Task<Receipt> Receipt(ConversationCommand command)
    {
        var answer = await Do(command);
        Assert.Null(answer.Refusal);
        return answer.Receipt!;
    }

    /// <summary>Creates the channel.</summary>
    public Task<Receipt> Create(Requester by, ChannelVisibility visibility = ChannelVisibility.Public, WorkspaceId? workspace = null) =>
        Receipt(new ConversationCommand.Create(by, Channel, workspace ?? Given.Demo, "General", visibility));

    public ConversationCommand.Send Message(Requester by, string content, string? clientId = null) =>
        new(by, node.Services.Ids.NewMessage(), content, [], [], clientId);

    /// <summary>Sends a message that mentions somebody.</summary>
    public Task<Receipt> Mention(Requester by, string content, params Requester[] mentioned) =>
        Receipt(Message(by, content) with { Mentions = [.. mentioned.Select(who => who.User)] });

    public Task<Receipt> Send(Requester by, string content, string? clientId = null) => Receipt(Message(by, content, clientId));

    /// <summary>Sends that many messages, many at a time, and waits for all receipts.</summary>
    public Task<Receipt[]> SendMany(Requester by, int count) =>
        Task.WhenAll(Enumerable.Range(1, count).Select(i => Send(by, $"message {i}")));

    /// <summary>All records, checked from genesis on.</summary>
    public async Task<IReadOnlyList<JournalRecord>> VerifiedRecords()
    {
        var head = ChainHead.Genesis(Stream);
        var records = new List<JournalRecord>();
        foreach (var row in await node.Store.ReadRecords(Stream, 1, long.MaxValue, int.MaxValue))
        {
            Assert.Null(ChainVerifier.Check(Stream, head, row.Bytes, out var record));
            Assert.Equal(row.Seq, record!.Header.Seq);
            head = ChainHead.After(record);
            records.Add(record);
        }

        return records;
    }

    /// <summary>All events, from records that were checked, opened with the key store's keys.</summary>
    public async Task<IReadOnlyList<NumberedEvent>> Events() =>
        await node.Services.Reader.Decode(Stream, await VerifiedRecords(), CancellationToken.None);

    /// <summary>Waits until the journal's events satisfy a condition.</summary>
    public async Task<IReadOnlyList<NumberedEvent>> Until(Func<IReadOnlyList<NumberedEvent>, bool> condition)
    {
        using var patience = new CancellationTokenSource(ConversationNode.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var events = await Events();
            if (condition(events))
                return events;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"waited in vain; {Stream} holds {string.Join(" | ", events.Select(e => e.Event))}");
            await ticks.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits for an event of a type.</summary>
    public async Task<T> Event<T>()
        where T : ConversationEvent => (await Until(all => all.Any(e => e.Event is T))).Select(e => e.Event).OfType<T>().First();

    /// <summary>The actor that serves the conversation at present, which <paramref name="probe"/> is registered with as a hub.</summary>
    public async Task<IActorRef> Listen(Probe probe, Requester by)
    {
        var before = probe.Received.Items.Count;
        node.Region.Tell(new RequestAccess(Stream, by, 7, probe.Ref));
        var all = await probe.Received.Until(m => m.Skip(before).Any(x => x.Message is AccessGranted));
        return all.Skip(before).First(x => x.Message is AccessGranted).Sender;
    }

    /// <summary>Takes the conversation out of memory; the next message brings it back from snapshot and journal.</summary>
    public async Task Unload(Requester by)
    {
        var probe = Probe.In(node.System);
        var actor = await Listen(probe, by);
        var ended = probe.Ended(actor);
        actor.Tell(Stop.Instance);
        await ended;
        node.System.Stop(probe.Ref);
    }

    /// <summary>Waits until the conversation is there again. What is on its way to an actor that has just ended is lost, so it is asked until it answers.</summary>
    public async Task Awake()
    {
        var probe = Probe.In(node.System);
        await ConversationNode.Eventually(() =>
        {
            node.Region.Tell(new Follow(Stream, probe.Ref), probe.Ref);
            return probe.Received.Items.Any(m => m.Message is Followed);
        });
        node.System.Stop(probe.Ref);
    }
}
