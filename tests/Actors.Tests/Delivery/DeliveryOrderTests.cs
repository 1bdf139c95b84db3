using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>By number, without a gap, each once: whatever is lost, repeated or late between nodes.</summary>
public sealed class DeliveryOrderTests
{
    private readonly List<string> _story = [];
    private readonly DeliveryOrder<string> _order;

    public DeliveryOrderTests() =>
        _order = new DeliveryOrder<string>(3, e => _story.Add($"{e.Seq}"), _story.Add, (from, to) => _story.Add($"read {from}-{to}"));

    [Fact]
    public void Publish_Contiguous_HandsOnEventsAndThenAnswers()
    {
        _order.Reach(0);
        _order.Publish(Events(1, 2), ["a"]);
        _order.Publish([], ["b"]);

        Assert.Equal(["1", "2", "a", "b"], _story);
        Assert.Equal(2, _order.Head);
    }

    [Fact]
    public void Publish_NothingKnownYet_BeginsWithWhatComes()
    {
        _order.Publish(Events(7, 8), []);
        _order.Reach(5);

        Assert.Equal(["7", "8"], _story);
    }

    [Fact]
    public void Publish_RepeatedOrOverlapping_HandsOnEachOnce()
    {
        _order.Reach(0);
        _order.Publish(Events(1, 2), ["a"]);
        _order.Publish(Events(1, 2), ["a again"]);
        _order.Publish(Events(2, 3), []);

        Assert.Equal(["1", "2", "a", "a again", "3"], _story);
    }

    [Fact]
    public void Publish_BehindAHole_WaitsUntilItIsFilled()
    {
        _order.Reach(0);
        _order.Publish(Events(3, 3), ["three"]);
        _order.Publish(Events(4, 4), []);
        Assert.Equal(["read 1-2"], _story);

        _order.Fill(Events(1, 2));

        Assert.Equal(["read 1-2", "1", "2", "3", "three", "4"], _story);
    }

    [Fact]
    public void Publish_WhileAHoleIsFilledThatEndsBefore_AsksForTheNext()
    {
        _order.Reach(0);
        _order.Publish(Events(2, 2), []);
        _order.Publish(Events(5, 5), []);

        _order.Fill(Events(1, 1));
        _order.Fill(Events(3, 4));

        Assert.Equal(["read 1-1", "1", "2", "read 3-4", "3", "4", "5"], _story);
    }

    [Fact]
    public void Reach_FurtherThanAPage_ReadsPageByPage()
    {
        _order.Reach(0);
        _order.Reach(5);

        _order.Fill(Events(1, 3));
        _order.Fill(Events(4, 5));

        Assert.Equal(["read 1-3", "1", "2", "3", "read 4-5", "4", "5"], _story);
        Assert.False(_order.IsFilling);
    }

    [Fact]
    public void Reach_WhileFilling_IsNotForgotten()
    {
        _order.Reach(0);
        _order.Reach(1);
        _order.Reach(2);

        _order.Fill(Events(1, 1));

        Assert.Equal(["read 1-1", "1", "read 2-2"], _story);
    }

    [Fact]
    public void Retry_AfterAFailure_AsksForTheSame()
    {
        _order.Reach(0);
        _order.Reach(2);
        _order.Retry();

        Assert.Equal(["read 1-2", "read 1-2"], _story);
        Assert.True(_order.IsFilling);
    }

    [Fact]
    public void Fill_NotWhatWasAskedFor_Fails()
    {
        _order.Reach(0);
        _order.Reach(3);

        Assert.Throws<InvalidOperationException>(() => _order.Fill(Events(2, 3)));
    }

    private static System.Collections.Immutable.ImmutableArray<NumberedEvent> Events(long from, long to) =>
    [
        .. Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => new NumberedEvent(
            Given.Stream, seq, seq, UserId.Parse("ada"), new ConversationEvent.MessageCreated(MessageId.Parse($"m{seq}"), "hello", [], [], null, null))),
    ];
}
