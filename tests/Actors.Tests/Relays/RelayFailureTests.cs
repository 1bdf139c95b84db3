using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using StartCall = QuikApp.Actors.Conversations.ConversationCommand.StartCall;

namespace QuikApp.Actors.Tests.Relays;

/// <summary>What is owed survives the end of the process, and targets that cannot write.</summary>
public sealed class RelayFailureTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Mention_WhoseNodeEndedBeforeItWasTold_IsToldByTheNextOneUnasked()
    {
        Town town;
        await using (var node = await Start(keys => keys.FailsFor = stream => stream.Kind == "user"))
        {
            town = await Town.Create(node, "crash", "ada", "bob");
            var channel = await town.Open("hall");
            await channel.Mention(town["ada"], "hello", town["bob"]);
            await ConversationNode.Eventually(() => Keys.Failures.Items.Count > 0);
            Assert.Empty(await town.Of("bob").Events());
        }

        await using var next = await Start();
        await town.On(next).Of("bob").Event<NotificationCreated>();
        await next.NothingOwed();
        Assert.Single(await town.On(next).Of("bob").Events());
    }

    [Fact]
    public async Task Mention_ThatWasToldAndNotSettled_IsRecognisedAsARepeat()
    {
        Town town;
        await using (var node = await Start())
        {
            town = await Town.Create(node, "repeat", "ada", "bob");
            var sent = await (await town.Open("hall")).Mention(town["ada"], "hello", town["bob"]);
            await town.Of("bob").Event<NotificationCreated>();
            await node.NothingOwed();
            Assert.Equal(1, node.Tamper("INSERT INTO relay (stream, seq, created) VALUES (@s, @n, 0)", ("@s", town.Channel("hall").Stream.Value), ("@n", sent.Seq)));
        }

        await using var next = await Start();
        await next.NothingOwed();
        Assert.Single(await town.On(next).Of("bob").Events());
    }

    // Open calls owe for as long as they last, and are the oldest: others must be looked at all the same.
    [Fact]
    public async Task ManyThatOweForLong_HideNobodyBehindThem()
    {
        Town town;
        await using (var node = await Start())
        {
            town = await Town.Create(node, "hidden", "ada", "bob");
            var sent = await (await town.Open("hall")).Mention(town["ada"], "hello", town["bob"]);
            await node.NothingOwed();
            for (var i = 0; i < 200; i++)
                node.Tamper("INSERT INTO relay (stream, seq, created) VALUES (@s, 1, 0)", ("@s", $"call-long-{i}"));
            node.Tamper("INSERT INTO relay (stream, seq, created) VALUES (@s, @n, 1)", ("@s", town.Channel("hall").Stream.Value), ("@n", sent.Seq));
        }

        await using var next = await Start();
        await ConversationNode.Eventually(() => next.Query<long>("SELECT count(*) FROM relay") == 200);
    }

    [Fact]
    public async Task TargetThatCannotWrite_IsTriedUntilItCan()
    {
        await using var node = await Start();
        var town = await Town.Create(node, "retry", "ada", "bob", "carol");
        var channel = await town.Open("hall");
        Keys.FailsFor = stream => stream == town.Of("bob").Stream;
        await channel.Mention(town["ada"], "hello", town["bob"], town["carol"]);
        await town.Of("carol").Event<NotificationCreated>();
        await ConversationNode.Eventually(() => Keys.Failures.Items.Count > 1);

        Keys.FailsFor = _ => false;
        await town.Of("bob").Event<NotificationCreated>();
        await node.NothingOwed();
        Assert.Single(await town.Of("carol").Events());
    }

    // One damaged conversation must cost nobody else what they are owed.
    [Fact]
    public async Task TargetThatCannotWrite_HoldsUpNobodyElse()
    {
        await using var node = await Start();
        var town = await Town.Create(node, "held-up", "ada", "bob", "carol");
        var channel = await town.Open("hall", ChannelVisibility.Private);
        foreach (var name in (string[])["ada", "carol"])
            await channel.Receipt(new AddMember(Requester.Server, town[name].User));
        Keys.FailsFor = stream => stream == town.Of("bob").Stream;
        var probe = Probe.In(node.System);
        Ask(1, new AddMember(Requester.Server, town["bob"].User));
        await ConversationNode.Eventually(() => Keys.Failures.Items.Count > 0);

        var root = await channel.Mention(town["ada"], "hello", town["bob"], town["carol"]);
        await channel.Receipt(new OpenThread(town["ada"], root.Message!.Value, ThreadId.Parse("held-up-thread")));
        await town.Of("carol").Event<NotificationCreated>();
        Ask(2, new RemoveMember(Requester.Server, town["bob"].User));
        // What could not be done in time is said not to be done, and is done all the same.
        await probe.Expect<Executed>(2);
        Assert.All(probe.Received.Items, m => Assert.Equal(Refusal.Unavailable, ((Executed)m.Message).Refusal));
        Assert.Empty(await town.Of("bob").Events());

        Keys.FailsFor = _ => false;
        await node.NothingOwed();
        Assert.Equal(
            ["ChannelJoined", "NotificationCreated", "ChannelLeft"],
            (await town.Of("bob").Events()).Select(e => e.Event.GetType().Name));

        void Ask(long correlation, ConversationCommand command) => node.Region.Tell(new Execute(channel.Stream, command, correlation, probe.Ref, Via: null), probe.Ref);
    }

    // Whoever asks for what somebody else began a moment ago goes there next, like the first one.
    [Theory]
    [InlineData("thread")]
    [InlineData("call")]
    public async Task StartOfWhatBeganAMomentAgo_IsAnsweredWhenItIsThere(string kind)
    {
        await using var node = await Start();
        var town = await Town.Create(node, "moment", "ada", "bob");
        var channel = await town.Open("hall");
        var root = (await channel.Send(town["ada"], "root")).Message!.Value;
        Keys.FailsFor = stream => stream.Kind == kind;
        var probe = Probe.In(node.System);
        Ask(1, kind == "thread" ? new OpenThread(town["ada"], root, ThreadId.Parse("first")) : new StartCall(town["ada"], CallId.Parse("first"), CallMedia.Audio));
        await ConversationNode.Eventually(() => Keys.Failures.Items.Count > 0);
        Ask(2, kind == "thread" ? new OpenThread(town["bob"], root, ThreadId.Parse("second")) : new StartCall(town["bob"], CallId.Parse("second"), CallMedia.Audio));
        Ask(3, channel.Message(town["ada"], "not waited for"));
        await probe.Expect<Executed>();
        Assert.Equal([3L], probe.Received.Items.Select(m => ((Executed)m.Message).Correlation));

        Keys.FailsFor = _ => false;
        await probe.Expect<Executed>(3);
        var started = probe.Received.Items.Select(m => (Executed)m.Message).Where(m => m.Correlation < 3).ToList();
        Assert.All(started, m => Assert.Equal("first", m.Receipt!.Thread?.Value ?? m.Receipt.Call?.Value));
        Assert.NotEmpty(await node.Room(StreamId.Parse($"{kind}-first")).Events());

        void Ask(long correlation, ConversationCommand command) => node.Region.Tell(new Execute(channel.Stream, command, correlation, probe.Ref, Via: null), probe.Ref);
    }

    public void Dispose() => _directory.Dispose();

    private FailingKeyStore Keys { get; set; } = null!;

    private Task<ConversationNode> Start(Action<FailingKeyStore>? configure = null) => ConversationNode.Start(
        _directory.Path,
        options => options.RelaySweep = TimeSpan.FromMilliseconds(200),
        keys: store =>
        {
            Keys = new FailingKeyStore(store);
            configure?.Invoke(Keys);
            return Keys;
        });
}
