using System.Text.Json;
using Akka.Actor;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Delivery;

/// <summary>What sessions and hubs of one node say to each other. Nothing here crosses nodes.</summary>
internal static class HubMessages
{
    /// <summary>To the node's <see cref="TopicHubs"/>: subscribe to a topic, if the requester may.</summary>
    /// <param name="Topic">Which.</param>
    /// <param name="Subscriber">Who listens.</param>
    /// <param name="Format">How a presence topic is to speak; nothing to others.</param>
    public sealed record Join(Topic Topic, ISubscriber Subscriber, PresenceFormat Format = PresenceFormat.Events) : INoSerializationVerificationNeeded;

    /// <summary>Deliver live events from <paramref name="From"/> on; the session has what is before.</summary>
    public sealed record GoLive(ISubscriber Subscriber, long From) : INoSerializationVerificationNeeded;

    /// <summary>The subscription ends.</summary>
    public sealed record Leave(ISubscriber Subscriber) : INoSerializationVerificationNeeded;

    /// <summary>From the node's <see cref="TopicHubs"/> to a hub: nobody else holds you, so stop when you are empty.</summary>
    public sealed record HubEmpty(Topic Topic) : INoSerializationVerificationNeeded;

    /// <summary>From a hub that failed to the node's <see cref="TopicHubs"/>: these subscribers must hear of it.</summary>
    public sealed record HubFailed(Topic Topic, IReadOnlyList<ISubscriber> Subscribers) : INoSerializationVerificationNeeded;

    /// <summary>What a hub tells a session about one subscription.</summary>
    public abstract record ToSession : INoSerializationVerificationNeeded
    {
        /// <summary>Subscribed. Nothing is delivered until the session asks for <see cref="GoLive"/>.</summary>
        /// <param name="Hub">The hub.</param>
        /// <param name="Head">Number of the last event known to the hub; 0 where events have none.</param>
        /// <param name="Context">The channel that payloads name; null where none is.</param>
        /// <param name="Reply">
        /// Writes the reply's response, one object, where the hub has something to say in it; null: the session says where the
        /// topic stands. Called once, from the session's thread.
        /// </param>
        public sealed record Joined(IActorRef Hub, long Head, TopicContext? Context = null, Action<Utf8JsonWriter>? Reply = null) : ToSession;

        /// <summary>Not allowed, no such topic, or it cannot be read.</summary>
        public sealed record Refused(Refusal Why) : ToSession;

        /// <summary>
        /// The hub's window does not reach back to where the session stands: read the journal up to
        /// <paramref name="Head"/>, then ask for <see cref="GoLive"/> again.
        /// </summary>
        public sealed record Behind(long From, long Head) : ToSession;

        /// <summary>The conversation moved, or started anew: what it was asked before and has not answered may be lost.</summary>
        public sealed record OwnerChanged : ToSession;

        /// <summary>The hub failed; the client must join again, from the last number it has.</summary>
        public sealed record Failed : ToSession;

        /// <summary>Access ended; nothing more is delivered.</summary>
        public sealed record Removed : ToSession;
    }
}
