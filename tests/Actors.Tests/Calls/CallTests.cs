using System.Text.Json;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Delivery;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using StartCall = QuikApp.Actors.Conversations.ConversationCommand.StartCall;

namespace QuikApp.Actors.Tests.Calls;

/// <summary>Calls between sockets of a node, with short times.</summary>
public sealed class CallTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();
    private ConversationNode _node = null!;

    public async Task InitializeAsync() => _node = await Start();

    [Fact]
    public async Task Answered_AndHungUp_IsRecordedInTheChannel()
    {
        var (town, channel, call) = await Ring("answer", "ada", "bob");
        await town.Of("bob").Event<CallRang>();
        await Attach(call, town["ada"]);
        await Attach(call, town["bob"]);
        await call.Receipt(new AcceptCall(town["bob"], Takeover: false));
        Assert.Equal(CallId.Parse(call.Stream.Id), (await town.Of("bob").Event<CallAnswered>()).Call);
        await town.Of("ada").Event<CallAnswered>();

        await call.Receipt(new EndCall(town["ada"]));
        foreach (var told in new[] { channel, town.Of("ada"), town.Of("bob") })
            Assert.Equal(CallEndReason.Ended, (await told.Event<CallEnded>()).Reason);
        await _node.NothingOwed();
    }

    [Fact]
    public async Task Ringing_IsOverAtItsTime_AlsoAfterARestart()
    {
        var (town, channel, call) = await Ring("restart", "ada", "bob");
        await town.Of("bob").Event<CallRang>();
        await _node.DisposeAsync();
        _node = await Start();

        var bob = town.On(_node).Of("bob");
        Assert.Equal(new CallEnded(CallId.Parse(call.Stream.Id), channel.Channel, CallEndReason.Missed, 0), await bob.Event<CallEnded>());
        await _node.Room(channel.Stream).Event<CallEnded>();
        await _node.NothingOwed();
        Assert.Single(await _node.Room(call.Stream).Events(), e => e.Event is CallEnded);
    }

    [Fact]
    public async Task Participant_WhoseSocketIsGone_HasLeft_ButNotOneWhoCameBack()
    {
        var (town, _, call) = await Ring("gone", "ada", "bob", "carol");
        await Attach(call, town["ada"]);
        var (bob, carol) = (await Attach(call, town["bob"]), await Attach(call, town["carol"]));
        await call.Receipt(new AcceptCall(town["bob"], Takeover: false));
        await call.Receipt(new AcceptCall(town["carol"], Takeover: false));

        bob.Leave();
        await Attach(call, town["bob"]);
        carol.Leave();
        var left = (await call.Until(all => all.Any(e => e.Event is CallLeft))).First(e => e.Event is CallLeft);
        Assert.Equal(town["carol"].User, left.By);
        // Bob's time would have been over before.
        Assert.Single(await call.Events(), e => e.Event is CallLeft);
    }

    [Fact]
    public async Task Participant_WhoAnsweredAndWasGoneAtOnce_HasLeft()
    {
        var (town, channel, call) = await Ring("at-once", "ada", "bob");
        await Attach(call, town["ada"]);
        await call.Receipt(new AcceptCall(town["bob"], Takeover: false));

        await call.Event<CallLeft>();
        await channel.Event<CallEnded>();
    }

    [Fact]
    public async Task Signals_GoBetweenParticipants_AndToWhomTheyAreFor()
    {
        var (town, _, call) = await Ring("signal", "ada", "bob", "carol", "dave");
        var sockets = new Dictionary<string, FakeSubscriber>();
        foreach (var name in new[] { "ada", "bob", "carol", "dave" })
            sockets[name] = await Attach(call, town[name]);
        var other = await Attach(call, town["bob"] with { Session = "bob-2" });
        await call.Receipt(new AcceptCall(town["bob"], Takeover: false));
        await call.Receipt(new AcceptCall(town["carol"], Takeover: false));
        await call.Until(all => all.Count(e => e.Event is CallJoined) == 3);

        Assert.Null((await Signal(call, town["ada"], "all")).Refusal);
        Assert.Null((await Signal(call, town["ada"], "bob-alone", town["bob"])).Refusal);
        Assert.Equal(Refusal.Forbidden, (await Signal(call, town["dave"], "x")).Refusal);
        Assert.Equal(Refusal.Forbidden, (await Signal(call, town["bob"] with { Session = "bob-2" }, "x")).Refusal);
        Assert.Equal(Refusal.NotFound, (await Signal(call, town["ada"], "x", town["dave"])).Refusal);
        Assert.Null((await Signal(call, town["bob"], "last")).Refusal);

        await sockets["ada"].Story.First(s => s.StartsWith("call:signal", StringComparison.Ordinal));
        await sockets["carol"].Frames.Until(all => Signals(all).Contains("last"));
        Assert.Equal(["last"], Signals(sockets["ada"].Frames.Items));
        Assert.Equal(["all", "bob-alone"], Signals(sockets["bob"].Frames.Items));
        Assert.Equal(["all", "last"], Signals(sockets["carol"].Frames.Items));
        Assert.Empty(Signals(sockets["dave"].Frames.Items));
        Assert.Empty(Signals(other.Frames.Items));
    }

    [Fact]
    public async Task BusyUser_HasAMissedCall_AndTheCallersIsDeclined()
    {
        var (town, _, first) = await Ring("busy", "ada", "bob");
        await Attach(first, town["ada"]);
        await Attach(first, town["bob"]);
        await first.Receipt(new AcceptCall(town["bob"], Takeover: false));
        await town.Of("bob").Event<CallAnswered>();

        await town.Workspace.Receipt(new AddMember(Requester.Server, town["carol"].User));
        var channel = town.Channel("two");
        await channel.Receipt(new Create(town["carol"], channel.Channel, town.Id, "two", ChannelVisibility.Direct, town["bob"].User));
        var second = (await channel.Receipt(new StartCall(town["carol"], CallId.Parse("busy-2"), CallMedia.Audio))).Call!.Value;

        Assert.Equal(new CallEnded(second, channel.Channel, CallEndReason.Missed, 0), await town.Of("bob").Event<CallEnded>());
        Assert.Equal(CallEndReason.Declined, (await town.Of("carol").Event<CallEnded>()).Reason);
        Assert.Equal(CallEndReason.Declined, (await channel.Event<CallEnded>()).Reason);
        Assert.True((await _node.Room(StreamId.Of(second)).Event<CallDeclined>()).Busy);
        Assert.DoesNotContain(await town.Of("bob").Events(), e => e.Event is CallRang rang && rang.Call == second);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    private Task<ConversationNode> Start() => ConversationNode.Start(_directory.Path, options =>
    {
        options.RingTimeout = TimeSpan.FromSeconds(8);
        options.ReattachWithin = TimeSpan.FromSeconds(3);
        options.RelaySweep = TimeSpan.FromMilliseconds(200);
    });

    // A call of the first of these people in a private channel of all of them.
    private async Task<(Town Town, Room Channel, Room Call)> Ring(string id, params string[] names)
    {
        var town = await Town.Create(_node, id, names);
        var channel = await town.Open("hall", ChannelVisibility.Private);
        foreach (var name in names)
            await channel.Receipt(new AddMember(Requester.Server, town[name].User));
        var started = await channel.Receipt(new StartCall(town[names[0]], CallId.Parse($"{id}-1"), CallMedia.Audio));
        return (town, channel, _node.Room(StreamId.Of(started.Call!.Value)));
    }

    // The hub tells the call of a socket before it asks anything else of it: what is sent after this comes behind.
    private static async Task<FakeSubscriber> Attach(Room call, Requester who) => await FakeSubscriber.Live(call, who);

    private Task<Executed> Signal(Room call, Requester by, string data, Requester? to = null) => _node.Region.Ask<Executed>(
        sender => new Signal(call.Stream, by, new CallSignal(null, "offer", JsonSerializer.SerializeToUtf8Bytes(data), to?.User), 1, sender, Via: null),
        ConversationNode.Patience,
        CancellationToken.None);

    private static List<string?> Signals(IEnumerable<Protocol.WebSockets.WireFrame> frames)
    {
        var signals = new List<string?>();
        foreach (var frame in frames)
        {
            using var json = JsonDocument.Parse(frame.Payload);
            if (json.RootElement[3].GetString() == "call:signal")
                signals.Add(json.RootElement[4].GetProperty("data").GetString());
        }

        return signals;
    }
}
