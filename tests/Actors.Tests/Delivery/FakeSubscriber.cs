using System.Text.Json;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>A socket's subscription that records what its hub does with it.</summary>
internal sealed class FakeSubscriber(Room room, Requester requester, PhoenixVersion version = PhoenixVersion.V2) : ISubscriber
{
    public Requester Requester => requester;

    public PhoenixVersion Version => version;

    public Recording<WireFrame> Frames { get; } = new();

    /// <summary>All frames and messages in one order: <c>message:new 3</c>, <c>typing:start ada</c>, <c>Removed</c>.</summary>
    public Recording<string> Story { get; } = new();

    public Recording<ToSession> Told { get; } = new();

    public IActorRef Hub { get; private set; } = ActorRefs.Nobody;

    /// <summary>Joins and goes live at the head.</summary>
    public static async Task<FakeSubscriber> Live(Room room, Requester requester, PhoenixVersion version = PhoenixVersion.V2)
    {
        var subscriber = new FakeSubscriber(room, requester, version);
        var joined = await subscriber.Join();
        subscriber.GoLive(joined.Head + 1);
        return subscriber;
    }

    public void Deliver(WireFrame frame)
    {
        Frames.Add(frame);
        using var json = JsonDocument.Parse(frame.Payload);
        var (name, payload) = version == PhoenixVersion.V2
            ? (json.RootElement[3].GetString(), json.RootElement[4])
            : (json.RootElement.GetProperty("event").GetString(), json.RootElement.GetProperty("payload"));
        Story.Add(payload.TryGetProperty("seq", out var seq)
            ? $"{name} {seq.GetInt64()}"
            : $"{name} {(payload.TryGetProperty("userId", out var user) ? user : payload.GetProperty("from")).GetString()}");
    }

    public void Push(string @event, Action<Utf8JsonWriter> payload) => throw new NotSupportedException("hubs of conversations push to nobody alone");

    public void Tell(ToSession message)
    {
        Told.Add(message);
        Story.Add(message.GetType().Name);
    }

    public void RequestJoin() => room.Node.Hubs.Tell(new Join(room.Topic, this), ActorRefs.NoSender);

    /// <summary>Joins; waits until it is granted.</summary>
    public async Task<ToSession.Joined> Join()
    {
        var before = Told.Items.Count;
        RequestJoin();
        var all = await Told.Until(told => told.Count > before);
        var joined = Assert.IsType<ToSession.Joined>(all[before]);
        Hub = joined.Hub;
        return joined;
    }

    public void GoLive(long from) => Hub.Tell(new GoLive(this, from), ActorRefs.NoSender);

    public void Leave() => Hub.Tell(new Leave(this), ActorRefs.NoSender);

    /// <summary>Waits for the event of that number.</summary>
    public Task<string> Event(long seq) => Story.First(s => s.EndsWith($" {seq}", StringComparison.Ordinal));

    /// <summary>The numbers delivered so far, in order.</summary>
    public IReadOnlyList<long> Numbers =>
        [.. Story.Items.Where(s => char.IsAsciiDigit(s[^1])).Select(s => long.Parse(s.AsSpan(s.LastIndexOf(' ')), provider: null))];
}
