using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Simulation.Clients;

/// <summary>
/// A device: comes back to any node, resumes where it was, repeats what was not answered, and checks each event as it comes:
/// the next number, and the bytes that the journal says.
/// </summary>
internal sealed partial class Client(World world, string name, Requester who)
{
    private readonly Dictionary<StreamId, TopicView> _topics = [];
    private int _connections;
    private bool _isAway;

    public string Name => name;

    public UserId User => who.User;

    /// <summary>The device broke and does not come back.</summary>
    public bool IsGone { get; private set; }

    public Connection? Connection { get; private set; }

    public IEnumerable<TopicView> Topics => _topics.Values;

    /// <summary>Connects to some node, and does so again whenever it is cut off.</summary>
    public void Connect()
    {
        if (Connection is not null || IsGone)
            return;
        _isAway = false;
        var node = world.Random.Of(world.Nodes);
        if (!node.IsUp)
        {
            world.Scheduler.After(300_000, Connect);
            return;
        }

        var connection = new Connection(world, this, node, who with { Session = $"{name}-{++_connections}" });
        Connection = connection;
        world.Trace?.Invoke($"{connection.Requester.Session} connects to {node}");
        connection.ToServer(connection.Open);
        foreach (var view in _topics.Values)
            Join(view);
    }

    /// <summary>Goes away, and comes back when told to.</summary>
    public void Leave()
    {
        _isAway = true;
        if (Connection is not { } connection)
            return;
        world.Trace?.Invoke($"{connection.Requester.Session} goes away");
        Connection = null;
        Forget();
        connection.Node.After(1_000, connection.Close);
    }

    /// <summary>The socket broke.</summary>
    public void Lose(Connection connection)
    {
        if (Connection != connection)
            return;
        world.Trace?.Invoke($"{connection.Requester.Session} is cut off");
        Connection = null;
        IsGone = world.Random.Chance(60);
        Forget();
        connection.Node.After(1_000, connection.Close);
        world.Scheduler.After(world.Random.Between(100_000, 1_500_000), () =>
        {
            if (!_isAway)
                Connect();
        });
    }

    public void Open(Topic topic)
    {
        var view = new TopicView(topic);
        if (_topics.TryAdd(view.Stream, view) && Connection is not null)
            Join(view);
    }

    public void OnJoined(Subscription subscription, Resume resume)
    {
        var view = _topics[subscription.Stream];
        if (resume.IsAhead)
            throw new Violation("I1", $"{name} has {view.Stream} up to {view.Last}, and the server says that it ends at {resume.Head}");
        view.Subscription = subscription;
        if (view.Last is null)
            (view.First, view.Last) = (resume.Head, resume.Head);
        world.Trace?.Invoke($"{name} joined {view.Stream} at {resume.Head}, has {view.Last}");
        OnTopic(view);
    }

    public void OnBroken(Subscription subscription, Refusal why)
    {
        if (!_topics.TryGetValue(subscription.Stream, out var view))
            return;
        view.Subscription = null;
        if (why != Refusal.Unavailable && ++view.Refusals > 25)
        {
            _topics.Remove(view.Stream);
            return;
        }

        var connection = Connection;
        world.Scheduler.After(world.Random.Between(300_000, 1_000_000), () =>
        {
            if (connection == Connection && Connection is not null && view.Subscription is null)
                Join(view);
        });
    }

    public void OnEvent(Subscription subscription, WireFrame frame)
    {
        var view = _topics[subscription.Stream];
        if (view.Subscription != subscription)
            return;
        var next = view.Last!.Value + 1;
        var rows = world.Journal.Rows(view.Stream);
        if (rows.Count < next || !rows[(int)next - 1].Frame(view.Topic).SequenceEqual(frame.Payload.Span))
            throw Wrong(view, frame, rows.Count);
        view.Last = next;
        OnNews(rows[(int)next - 1].Event);
    }

    private void Join(TopicView view)
    {
        var connection = Connection!;
        view.Subscription = null;
        connection.ToServer(() => connection.Join(view.Topic, view.Last));
    }

    private void Forget()
    {
        ForgetCalls();
        foreach (var view in _topics.Values)
            view.Subscription = null;
    }

    private Violation Wrong(TopicView view, WireFrame frame, long head)
    {
        using var json = JsonDocument.Parse(frame.Payload);
        var seq = json.RootElement[4].GetProperty("seq").GetInt64();
        var check = seq > head ? "I9" : seq <= view.Last ? "I3" : seq > view.Last + 1 ? "I4" : "I9";
        return new Violation(check, $"{name} has {view.Stream} up to {view.Last}, gets {seq} and the journal ends at {head}");
    }
}
