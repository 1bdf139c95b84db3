using QuikApp.Host.LongPoll;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.LongPoll;

public sealed class PollOutboxTests
{
    private const int Max = 100;
    private const int Low = 40;

    private static readonly WireFrame Ten = WireFrame.Text(new byte[10]);

    [Fact]
    public void Take_Unacknowledged_GivesTheSameAgainAndWhatCameSince()
    {
        var outbox = new PollOutbox(Max, Low);
        outbox.Add(Ten);
        Assert.Single(outbox.Take(1000, out var first));
        outbox.Add(Ten);
        Assert.Equal(2, outbox.Take(1000, out var second).Count);
        Assert.Equal((1, 2), (first, second));

        outbox.Acknowledge(first);
        Assert.Single(outbox.Take(1000, out second));
        Assert.Equal(2, second);
        outbox.Acknowledge(second);
        Assert.Empty(outbox.Take(1000, out second));
        Assert.Equal(2, second);
        Assert.True(outbox.IsEmpty);
    }

    [Fact]
    public void Acknowledge_OlderOrNotYetGiven_LosesNothing()
    {
        var outbox = new PollOutbox(Max, Low);
        outbox.Add(Ten);
        outbox.Take(1000, out _);
        outbox.Add(Ten);
        outbox.Acknowledge(0);
        outbox.Acknowledge(-5);
        Assert.Equal(2, outbox.Take(1000, out _).Count);

        outbox.Add(Ten);
        outbox.Acknowledge(3);
        Assert.Single(outbox.Take(1000, out _));
    }

    [Fact]
    public void Take_MoreThanAnAnswerHolds_ComesInOrderAndPortions()
    {
        var outbox = new PollOutbox(Max, Low);
        for (var i = 0; i < 5; i++)
            outbox.Add(Ten);
        Assert.Equal(2, outbox.Take(25, out var through).Count);
        outbox.Acknowledge(through);
        Assert.Equal(2, outbox.Take(25, out through).Count);
        outbox.Acknowledge(through);
        // One that is longer than an answer comes alone.
        Assert.Single(outbox.Take(5, out through));
        Assert.Equal(5, through);
    }

    [Fact]
    public void Add_BeyondTheBound_OverflowsUntilSomethingIsAcknowledged()
    {
        var outbox = new PollOutbox(Max, Low);
        for (var i = 0; i < 10; i++)
            Assert.Equal(PollOutbox.Outcome.Queued, outbox.Add(Ten));
        Assert.Equal(PollOutbox.Outcome.Overflows, outbox.Add(Ten));
        // Given is not received: it still counts.
        outbox.Take(1000, out var through);
        Assert.Equal(PollOutbox.Outcome.Overflows, outbox.Add(Ten));
        outbox.Acknowledge(through);
        Assert.Equal(PollOutbox.Outcome.Queued, outbox.Add(WireFrame.Text(new byte[Max + 1])));
    }

    [Fact]
    public void Add_WhileAPollWaits_WakesItOnce()
    {
        var outbox = new PollOutbox(Max, Low);
        Assert.Equal(PollOutbox.Outcome.Queued, outbox.Add(Ten));
        outbox.Acknowledge(Through(outbox));
        Assert.Empty(outbox.Take(1000, out _));
        Assert.Equal(PollOutbox.Outcome.Wakes, outbox.Add(Ten));
        Assert.Equal(PollOutbox.Outcome.Queued, outbox.Add(Ten));
    }

    [Fact]
    public void WhenRoom_AboveTheMark_CompletesWithTheAcknowledgement()
    {
        var outbox = new PollOutbox(Max, Low);
        for (var i = 0; i < 6; i++)
            outbox.Add(Ten);
        var room = outbox.WhenRoom();
        var through = Through(outbox);
        Assert.False(room.IsCompleted);
        outbox.Acknowledge(through - 4);
        Assert.True(room.IsCompleted);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Close_WithFramesWaiting_KeepsOrDropsThemAndRefusesMore(bool drop, int left)
    {
        var outbox = new PollOutbox(Max, Low);
        outbox.Add(Ten);
        var through = Through(outbox);
        outbox.Close(drop);
        Assert.Equal(PollOutbox.Outcome.Refused, outbox.Add(Ten));
        Assert.True(outbox.WhenRoom().IsCompleted);
        Assert.Equal(left, outbox.Take(1000, out _).Count);
        outbox.Acknowledge(through);
        Assert.True(outbox.IsEmpty);
    }

    private static long Through(PollOutbox outbox)
    {
        outbox.Take(1000, out var through);
        return through;
    }
}
