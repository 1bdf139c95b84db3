using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Delivery;

// A call knows which sockets are there, and signals go to the sockets of participants alone.
internal sealed partial class TopicHub
{
    private void Attach(ISubscriber subscriber, bool attached)
    {
        if (_topic.Kind == TopicKind.Call)
            _sockets.Say(subscriber.Requester, attached);
    }

    private void AttachAgain()
    {
        if (_topic.Kind == TopicKind.Call)
            _sockets.Again(_subscribed.Keys.Select(subscriber => subscriber.Requester));
    }

    private void TellCall(Requester who, bool attached) =>
        _conversations.Tell(new ConversationMessages.Attach(_stream, who, attached, Self), Self);

    private void OnSignal(SignalRelayed m)
    {
        var call = CallId.Parse(_topic.Id);
        var e = BroadcastEvent.Unnumbered(_topic, EventNames.CallSignal, json => m.What.Write(json, call, m.From));
        foreach (var subscriber in _subscribed.Keys)
        {
            if (m.Sessions.Contains(subscriber.Requester.Session))
                subscriber.Deliver(e.Frame(subscriber.Version));
        }
    }
}
