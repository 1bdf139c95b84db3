using QuikApp.Actors.Conversations;
using QuikApp.Actors.Relays;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Relays;

/// <summary>What goes when, and when an event is done.</summary>
public sealed class OutboxTests
{
    private readonly List<(long Number, string What)> _sent = [];
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox((number, consequence) => _sent.Add((number, consequence.Target.Id)));

    [Fact]
    public void OneTarget_IsToldOneThingAfterTheOther()
    {
        Add(1, "bob");
        Add(2, "bob");
        Add(2, "carol");
        _outbox.Send();
        Assert.Equal(["bob", "carol"], TakeSent(out var numbers));

        Assert.Empty(_outbox.Acknowledge(numbers[1]));
        Assert.Empty(TakeSent(out _));
        Assert.Equal([1L], _outbox.Acknowledge(numbers[0]));
        Assert.Equal(["bob"], TakeSent(out numbers));
        Assert.Equal([2L], _outbox.Acknowledge(numbers[0]));
        Assert.True(_outbox.IsEmpty);
        Assert.False(_outbox.IsAwaited);
    }

    [Fact]
    public void Acknowledged_Twice_CountsOnce()
    {
        Add(1, "bob");
        Add(1, "carol");
        _outbox.Send();
        TakeSent(out var numbers);
        Assert.Empty(_outbox.Acknowledge(numbers[0]));
        Assert.Empty(_outbox.Acknowledge(numbers[0]));
        Assert.True(_outbox.Owes(1));
        Assert.Equal([1L], _outbox.Acknowledge(numbers[1]));
        Assert.False(_outbox.Owes(1));
    }

    [Fact]
    public void NewNotifications_GoTogether_UpToTheBound_AndWhatComesAfterThemWaits()
    {
        for (var seq = 1; seq <= Outbox.Together + 1; seq++)
            Add(seq, "bob", Notification());
        Add(1_000, "bob");
        _outbox.Send();
        Assert.Equal(Outbox.Together, TakeSent(out var first).Count);
        _outbox.Acknowledge(first[0]);
        Assert.Single(TakeSent(out var last));
        foreach (var number in first.Skip(1))
            _outbox.Acknowledge(number);
        Assert.Empty(TakeSent(out _));
        _outbox.Acknowledge(last[0]);
        Assert.Single(TakeSent(out var after));
        Assert.Equal([1_000L], _outbox.Acknowledge(after[0]));
    }

    [Fact]
    public void NotificationBehindSomethingElse_Waits()
    {
        Add(1, "bob");
        Add(2, "bob", Notification());
        _outbox.Send();
        Assert.Single(TakeSent(out _));
    }

    [Fact]
    public void OfSeveralLatest_TheLastIsSent_AndStandsForAll()
    {
        Add(1, "hall");
        Add(2, "hall", isLatest: true);
        Add(3, "bob");
        Add(3, "hall", isLatest: true);
        _outbox.Send();
        TakeSent(out var numbers);
        Assert.Equal([1L], _outbox.Acknowledge(numbers[0]));
        Assert.Equal(["hall"], TakeSent(out var latest));
        Assert.Equal([2L], _outbox.Acknowledge(latest[0]));
        Assert.Equal([3L], _outbox.Acknowledge(numbers[1]));
        Assert.True(_outbox.IsEmpty);
    }

    [Fact]
    public void LatestThatIsUnderWay_IsNotReplaced()
    {
        Add(1, "hall", isLatest: true);
        _outbox.Send();
        TakeSent(out var first);
        Add(2, "hall", isLatest: true);
        _outbox.Send();
        Assert.Equal([1L], _outbox.Acknowledge(first[0]));
        TakeSent(out var second);
        Assert.Equal([2L], _outbox.Acknowledge(second[0]));
    }

    [Fact]
    public void RefusedTarget_IsNotAwaited_AndToldAgainWithTheNextTick()
    {
        Add(1, "bob");
        Add(1, "carol");
        _outbox.Send();
        TakeSent(out var numbers);
        _outbox.Postpone(numbers[0]);
        Assert.True(_outbox.IsAwaited);
        _outbox.Acknowledge(numbers[1]);
        Assert.False(_outbox.IsAwaited);
        Assert.False(_outbox.IsEmpty);

        _outbox.Tick();
        Assert.Equal(["bob"], TakeSent(out var again));
        Assert.Equal(numbers[0], again[0]);
        _outbox.Tick();
        Assert.Empty(TakeSent(out _));
        Assert.Equal([1L], _outbox.Acknowledge(numbers[0]));
        Assert.True(_outbox.IsEmpty);
        Assert.False(_outbox.IsAwaited);
    }

    [Fact]
    public void SilentTarget_IsAwaitedForSoManyTicks_AndThenToldAgain()
    {
        Add(1, "bob");
        _outbox.Send();
        TakeSent(out _);
        for (var tick = 1; tick < Outbox.Patience; tick++)
        {
            _outbox.Tick();
            Assert.Empty(TakeSent(out _));
            Assert.True(_outbox.IsAwaited);
        }

        _outbox.Tick();
        Assert.Single(TakeSent(out _));
        Assert.False(_outbox.IsAwaited);
    }

    [Fact]
    public void LateTarget_IsGivenOneThingAtATime_UntilItHasCaughtUp()
    {
        Add(1, "bob", Notification());
        _outbox.Send();
        TakeSent(out var numbers);
        _outbox.Postpone(numbers[0]);
        for (var seq = 2; seq <= 4; seq++)
            Add(seq, "bob", Notification());
        _outbox.Send();
        Assert.Empty(TakeSent(out _));
        for (var seq = 1; seq <= 4; seq++)
        {
            Assert.False(_outbox.IsAwaited);
            Assert.Equal([seq], _outbox.Acknowledge(numbers[0]));
            if (seq < 4)
                Assert.Single(TakeSent(out numbers));
        }

        Add(5, "bob", Notification());
        Assert.True(_outbox.IsAwaited);
    }

    private static ConversationEvent Notification() =>
        new ConversationEvent.NotificationCreated(NotificationKind.Mention, ChannelId.Parse("hall"), null, MessageId.Parse("m1"), 1, "hello");

    private void Add(long seq, string target, ConversationEvent? what = null, bool isLatest = false) => _outbox.Add(
        seq,
        new Consequence(
            StreamId.Of(UserId.Parse(target)),
            new ConversationCommand.Record(Requester.Server, "origin", what ?? new ConversationEvent.ChannelLeft(ChannelId.Parse("hall"))),
            isLatest));

    private List<string> TakeSent(out List<long> numbers)
    {
        numbers = [.. _sent.Select(sent => sent.Number)];
        List<string> targets = [.. _sent.Select(sent => sent.What)];
        _sent.Clear();
        return targets;
    }
}
