using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Simulation.Cluster;

namespace QuikApp.Simulation.Clients;

/// <summary>One socket, and the session behind it on the node: frames keep their order, and end with it.</summary>
internal sealed class Connection(World world, Client client, Node node, Requester requester) : IAsker
{
    private const long AnswerWithin = 5_000_000;

    private readonly Dictionary<StreamId, Subscription> _topics = [];
    private readonly Dictionary<long, Action<Answer>> _pending = [];
    private bool _isOpen;
    private long _correlations;
    private long _toClient;
    private long _toServer;

    public Node Node => node;

    public Requester Requester => requester;

    public bool IsClosed { get; private set; }

    /// <summary>The node has seen it.</summary>
    public void Open()
    {
        _isOpen = true;
        node.Connections.Add(this);
        node.Presence.Opened(requester);
    }

    /// <summary>A frame to the client.</summary>
    public void ToClient(Action<Client> what)
    {
        _toClient = Math.Max(_toClient, world.Scheduler.Now + world.Random.Between(200, 5_000));
        world.Scheduler.After(_toClient - world.Scheduler.Now, () =>
        {
            if (!IsClosed && client.Connection == this)
                what(client);
        });
    }

    /// <summary>A frame to the server.</summary>
    public void ToServer(Action what)
    {
        _toServer = Math.Max(_toServer, world.Scheduler.Now + world.Random.Between(200, 5_000));
        node.After(_toServer - world.Scheduler.Now, () =>
        {
            if (!IsClosed)
                what();
        });
    }

    public void Join(Topic topic, long? since)
    {
        var subscription = new Subscription(world, this, topic, new JoinParams(since, ReplayMode.Full, null));
        if (_topics.Remove(subscription.Stream, out var replaced))
            replaced.Leave();
        _topics.Add(subscription.Stream, subscription);
        node.HubOf(topic).Join(subscription);
        node.After(AnswerWithin, () =>
        {
            if (subscription.Hub is null && _topics.GetValueOrDefault(subscription.Stream) == subscription)
                EndJoin(subscription, Refusal.Unavailable);
        });
    }

    public void EndJoin(Subscription subscription, Refusal why)
    {
        subscription.Leave();
        if (_topics.GetValueOrDefault(subscription.Stream) != subscription)
            return;
        _topics.Remove(subscription.Stream);
        ToClient(c => c.OnBroken(subscription, why));
    }

    public void Push(StreamId stream, ConversationCommand command, Action<Answer> reply)
    {
        if (_topics.GetValueOrDefault(stream)?.Hub is not { } hub)
        {
            reply(new Answer(0, null, Refusal.Unavailable));
            return;
        }

        var correlation = ++_correlations;
        _pending.Add(correlation, reply);
        world.ToOwner(node, stream, owner => owner.Execute(new Exec(command, correlation, this, hub)));
        node.After(AnswerWithin, () => On(new Answer(correlation, null, Refusal.Unavailable)));
    }

    public void On(Answer answer)
    {
        if (!IsClosed && _pending.Remove(answer.Correlation, out var reply))
            reply(answer);
    }

    /// <summary>The socket is gone: the node sees it.</summary>
    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        foreach (var subscription in _topics.Values)
            subscription.Leave();
        if (!_isOpen)
            return;
        node.Connections.Remove(this);
        node.Presence.Closed(requester);
    }
}
