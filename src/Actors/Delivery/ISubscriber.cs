using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Actors.Delivery;

/// <summary>One joined topic of one socket, as its hub sees it. Called from the hub's actor; must never block.</summary>
internal interface ISubscriber
{
    /// <summary>Who listens.</summary>
    Requester Requester { get; }

    /// <summary>The wire that the socket speaks.</summary>
    PhoenixVersion Version { get; }

    /// <summary>Hands over a frame. A socket that cannot take it is being cut; the hub need not know.</summary>
    void Deliver(WireFrame frame);

    /// <summary>Hands over an event for this subscriber alone: it carries the join's own reference.</summary>
    void Push(string @event, Action<Utf8JsonWriter> payload);

    /// <summary>Tells the socket's session something about this subscription.</summary>
    void Tell(HubMessages.ToSession message);
}
