using Akka.Actor;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Delivery;

/// <summary>
/// Owns the node's hubs, one a topic: makes a hub with its first subscriber and lets it go with its last. A hub that
/// crashes is not restarted: its sessions see it end and join again.
/// </summary>
internal sealed class TopicHubs : ReceiveActor
{
    private readonly Dictionary<Topic, IActorRef> _hubs = [];
    private readonly IActorRef _conversations;
    private readonly ConversationServices _services;
    private readonly IActorRef _presenceNode;
    private readonly IActorRef _presenceView;

    public TopicHubs(IActorRef conversations, IActorRef presenceNode, IActorRef presenceView, ConversationServices services)
    {
        _conversations = conversations;
        _presenceNode = presenceNode;
        _presenceView = presenceView;
        _services = services;
        Receive<HubMessages.Join>(OnJoin);
        Receive<HubMessages.HubEmpty>(OnEmpty);
        Receive<HubMessages.HubFailed>(OnFailed);
        Receive<HubStopped>(OnStopped);
        Receive<AccessChanged>(OnAccessChanged);
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AccessChanged));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void OnJoin(HubMessages.Join m)
    {
        if (!_hubs.TryGetValue(m.Topic, out var hub))
        {
            var topic = m.Topic;
            hub = Context.ActorOf(PropsOf(topic));
            Context.WatchWith(hub, new HubStopped(topic, hub));
            _hubs.Add(topic, hub);
        }

        hub.Tell(m, Sender);
    }

    private Props PropsOf(Topic topic) => topic.Kind is TopicKind.Presence
        ? Props.Create(() => new PresenceHub(topic, _presenceNode, _presenceView, _services.Time, _services.Access.RechecksEvery))
        : Props.Create(() => new TopicHub(topic, _conversations, _services));

    // The hub leaves the table first and stops afterwards: a later join makes a new hub, an earlier one is in the old
    // hub's mailbox already, which then goes on serving it although it is in no table any more.
    private void OnEmpty(HubMessages.HubEmpty m)
    {
        Forget(m.Topic, Sender);
        Sender.Tell(m);
    }

    // Silence would look to the subscribers like a quiet topic. The hub leaves the table before they hear of its end:
    // whoever joins again at once finds a new one.
    private void OnFailed(HubMessages.HubFailed m)
    {
        Forget(m.Topic, Sender);
        foreach (var subscriber in m.Subscribers)
            subscriber.Tell(new HubMessages.ToSession.Failed());
    }

    private void OnStopped(HubStopped m) => Forget(m.Topic, m.Hub);

    private void OnAccessChanged(AccessChanged m)
    {
        foreach (var hub in Context.GetChildren())
            hub.Tell(m, Self);
    }

    private void Forget(Topic topic, IActorRef hub)
    {
        if (_hubs.TryGetValue(topic, out var current) && current.Equals(hub))
            _hubs.Remove(topic);
    }

    private sealed record HubStopped(Topic Topic, IActorRef Hub) : INoSerializationVerificationNeeded;
}
