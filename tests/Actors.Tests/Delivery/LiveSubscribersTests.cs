using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>Whoever goes live misses nothing and gets nothing twice.</summary>
public sealed class LiveSubscribersTests
{
    private static readonly Topic General = new(TopicKind.Channel, "general");

    private readonly LiveSubscribers _live = new(new RecentEvents(maxEvents: 3, maxBytes: 100_000));
    private readonly Listener _ada = new();

    [Fact]
    public void TryAdd_InsideTheWindow_CatchesUpAndGoesOn()
    {
        Deliver(1, 4);

        Assert.True(_live.TryAdd(_ada, from: 3, head: 4));
        Deliver(5, 5);

        Assert.Equal([3, 4, 5], _ada.Seqs);
    }

    [Fact]
    public void TryAdd_OutsideTheWindow_GivesNothing()
    {
        Deliver(1, 4);

        Assert.False(_live.TryAdd(_ada, from: 1, head: 4));
        Deliver(5, 5);

        Assert.Empty(_ada.Seqs);
        Assert.Equal(0, _live.Count);
    }

    [Fact]
    public void TryAdd_AheadOfWhatWasDelivered_SkipsWhatTheyHave()
    {
        Deliver(1, 1);

        Assert.True(_live.TryAdd(_ada, from: 4, head: 1));
        Deliver(2, 5);

        Assert.Equal([4, 5], _ada.Seqs);
    }

    [Fact]
    public void Remove_Live_EndsDelivery()
    {
        _live.TryAdd(_ada, from: 1, head: 0);
        Deliver(1, 1);

        Assert.True(_live.Remove(_ada));
        Assert.False(_live.Remove(_ada));
        Deliver(2, 2);

        Assert.Equal([1], _ada.Seqs);
    }

    private void Deliver(long from, long to)
    {
        for (var seq = from; seq <= to; seq++)
        {
            _live.Deliver(BroadcastEvent.Of(General, new NumberedEvent(
                Given.Stream, seq, seq, UserId.Parse("ada"), new ConversationEvent.MessageCreated(MessageId.Parse($"m{seq}"), "hello", [], [], null, null))));
        }
    }

    private sealed class Listener : ISubscriber
    {
        public List<long> Seqs { get; } = [];

        public Requester Requester { get; } = Given.Member("ada");

        public PhoenixVersion Version => PhoenixVersion.V2;

        public void Deliver(WireFrame frame)
        {
            using var json = JsonDocument.Parse(frame.Payload);
            Seqs.Add(json.RootElement[4].GetProperty("seq").GetInt64());
        }

        public void Push(string @event, Action<Utf8JsonWriter> payload) => throw new NotSupportedException();

        public void Tell(HubMessages.ToSession message) => throw new NotSupportedException();
    }
}
