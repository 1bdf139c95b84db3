using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Delivery;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Conversations;

public sealed class ConversationPassivationTests : IDisposable
{
    private static readonly Requester Ada = Given.Member("ada");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Idle_WithNobodyListening_LeavesMemoryAndComesBackWithTheNextCommand()
    {
        await using var node = await Start();
        var room = node.Room("general");
        await room.Create(Ada);
        var probe = Probe.In(node.System);
        var actor = await room.Listen(probe, Ada);
        node.Region.Tell(new ReleaseLease(room.Stream, probe.Ref), probe.Ref);

        await probe.Ended(actor);

        Assert.Equal(2, (await room.Send(Ada, "back")).Seq);
        Assert.NotEqual(actor, await room.Listen(probe, Ada));
    }

    [Fact]
    public async Task Idle_WhileAHubHoldsALease_StaysInMemory()
    {
        await using var node = await Start();
        var (held, idle) = (node.Room("held"), node.Room("idle"));
        await held.Create(Ada);
        await idle.Create(Ada);
        var listener = await FakeSubscriber.Live(held, Ada);
        var probe = Probe.In(node.System);
        var heldActor = await held.Listen(probe, Ada);

        // Another conversation comes and goes meanwhile, twice: longer than this one would have stayed unheld.
        for (var i = 0; i < 2; i++)
        {
            var passing = Probe.In(node.System);
            await passing.Ended(await idle.Listen(passing, Ada));
        }

        Assert.Equal(heldActor, await held.Listen(probe, Ada));
        await held.Send(Ada, "heard");
        await listener.Event(2);
    }

    [Fact]
    public async Task Access_ToAConversationThatNeverWas_LeavesNothingInMemory()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var probe = Probe.In(node.System);
        node.Region.Tell(new RequestAccess(StreamId.Parse("channel-made-up"), Ada, 1, probe.Ref), probe.Ref);
        await probe.Expect<AccessRefused>();
        var (_, actor) = await probe.Received.First(m => m.Message is AccessRefused);

        await probe.Ended(actor);
    }

    [Fact]
    public async Task CheckAccess_ToAConversationThatNeverWas_IsRefusedAndLeavesNothingInMemory()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var probe = Probe.In(node.System);
        node.Region.Tell(new CheckAccess(StreamId.Parse("channel-made-up"), Ada, 1, probe.Ref), probe.Ref);
        await probe.Expect<AccessRefused>();
        var (_, actor) = await probe.Received.First(m => m.Message is AccessRefused);

        await probe.Ended(actor);
    }

    [Fact]
    public async Task CheckAccess_OfAMember_GivesTheHeadAndRegistersNobody()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var room = node.Room("general");
        await room.Create(Ada);
        var probe = Probe.In(node.System);
        node.Region.Tell(new CheckAccess(room.Stream, Ada, 5, probe.Ref), probe.Ref);

        var granted = await probe.Expect<AccessGranted>();
        Assert.Equal((5, 1), (granted.Correlation, granted.Head));
        await room.Send(Ada, "not heard");
        node.Region.Tell(new CheckAccess(room.Stream, Ada, 6, probe.Ref), probe.Ref);
        await probe.Received.First(m => m.Message is AccessGranted { Correlation: 6 });
        Assert.DoesNotContain(probe.Received.Items, m => m.Message is Published);
    }

    [Fact]
    public async Task Execute_OnAConversationThatNeverWas_LeavesNothingInMemory()
    {
        await using var node = await ConversationNode.Start(_directory.Path);
        var probe = Probe.In(node.System);
        var command = node.Room("made-up").Message(Ada, "hello");
        node.Region.Tell(new Execute(StreamId.Parse("channel-made-up"), command, 1, probe.Ref, Via: null), probe.Ref);
        await probe.Expect<Executed>();
        var (_, actor) = await probe.Received.First(m => m.Message is Executed);

        await probe.Ended(actor);
    }

    private Task<ConversationNode> Start() => ConversationNode.Start(_directory.Path, o =>
        (o.PassivateAfter, o.LeaseRenewal) = (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100)));
}
