using System.Collections.Immutable;
using Akka.Actor;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>What a conversation understands, and what it says to the hubs of the nodes that listen.</summary>
internal static class ConversationMessages
{
    /// <summary>May travel between nodes: <see cref="ConversationSerializer"/> has a manifest for it.</summary>
    internal interface IWireMessage;

    /// <summary>A message that the shard region routes to the conversation of <see cref="Stream"/>.</summary>
    internal interface IForConversation : IWireMessage
    {
        /// <summary>The conversation's stream.</summary>
        StreamId Stream { get; }
    }

    /// <summary>Decide a command; the answer is <see cref="Executed"/>.</summary>
    /// <param name="Stream">The conversation.</param>
    /// <param name="Command">The command.</param>
    /// <param name="Correlation">Chosen by the asker, returned in the answer.</param>
    /// <param name="ReplyTo">Who is told.</param>
    /// <param name="Via">
    /// The hub through which the answer goes, so that it arrives behind the event it acknowledges; null answers directly.
    /// </param>
    public sealed record Execute(StreamId Stream, ConversationCommand Command, long Correlation, IActorRef ReplyTo, IActorRef? Via)
        : IForConversation
    {
        /// <summary>Asked once more by the node, because the first may be lost: it counts no more against its sender's rate.</summary>
        public bool IsRepeat { get; init; }
    }

    /// <summary>The answer to <see cref="Execute"/>: exactly one of receipt and refusal is there.</summary>
    /// <param name="Correlation">From the request.</param>
    /// <param name="Receipt">The command holds; its events are committed and fsynced.</param>
    /// <param name="Refusal">Nothing was journaled.</param>
    public sealed record Executed(long Correlation, Receipt? Receipt, Refusal? Refusal) : IWireMessage
    {
        /// <summary>Whether it held already, so that nothing was journaled.</summary>
        public bool IsRepeat { get; init; }
    }

    /// <summary>
    /// May this requester listen? Asked by a hub on behalf of a subscriber; the answer comes in one order with
    /// <see cref="Published"/>, so that a later removal cannot be missed. A hub that asks is registered when the answer is yes.
    /// </summary>
    public sealed record RequestAccess(StreamId Stream, Requester Requester, long Correlation, IActorRef Hub) : IForConversation;

    /// <summary>May this requester read now? Answered like <see cref="RequestAccess"/>, and nobody is registered.</summary>
    public sealed record CheckAccess(StreamId Stream, Requester Requester, long Correlation, IActorRef ReplyTo) : IForConversation;

    /// <summary>The requester may listen; the hub, if one asked, is registered.</summary>
    /// <param name="Correlation">From the request.</param>
    /// <param name="Head">Number of the last committed event.</param>
    /// <param name="Context">The channel that payloads name; null where none is.</param>
    /// <param name="Authorities">Conversations whose changes may end the access.</param>
    public sealed record AccessGranted(long Correlation, long Head, TopicContext? Context, ImmutableArray<StreamId> Authorities) : IWireMessage;

    /// <summary>The requester may not, or there is no such conversation, or it cannot be read.</summary>
    public sealed record AccessRefused(long Correlation, Refusal Why) : IWireMessage;

    /// <summary>Keeps a hub registered for another lease; also how it registers again after the conversation moved.</summary>
    public sealed record RenewLease(StreamId Stream, IActorRef Hub) : IForConversation;

    /// <summary>The hub is registered. <see cref="Head"/> shows it whether it missed something.</summary>
    public sealed record LeaseRenewed(long Head) : IWireMessage;

    /// <summary>Asks for the whole state, and to be published to from there on. The answer is <see cref="Followed"/>.</summary>
    public sealed record Follow(StreamId Stream, IActorRef Follower) : IForConversation;

    /// <summary>The state; the asker is registered where the conversation exists.</summary>
    public sealed record Followed(ConversationState State) : IWireMessage;

    /// <summary>Wakes a conversation that owes others something.</summary>
    public sealed record Wake(StreamId Stream) : IForConversation;

    /// <summary>The hub listens no more.</summary>
    public sealed record ReleaseLease(StreamId Stream, IActorRef Hub) : IForConversation;

    /// <summary>To a hub: what was committed, and the answers to deliver behind it, in this order.</summary>
    /// <param name="Events">Contiguous by number; empty when only answers are due.</param>
    /// <param name="Answers">Answers for sessions of the hub's node.</param>
    public sealed record Published(ImmutableArray<NumberedEvent> Events, ImmutableArray<Answer> Answers) : IWireMessage;

    /// <summary>An answer on its way through a hub.</summary>
    public readonly record struct Answer(IActorRef To, Executed What);

    /// <summary>A user started or stopped typing; relayed to every hub, never journaled.</summary>
    public sealed record RelayTyping(StreamId Stream, Requester Requester, bool Started) : IForConversation;

    /// <summary>To a hub: relay to subscribers other than the user.</summary>
    public sealed record TypingRelayed(UserId User, bool Started) : IWireMessage;

    /// <summary>To a call, from a hub: a socket joined the call's topic, or left it.</summary>
    /// <param name="Stream">The call.</param>
    /// <param name="Requester">Whose socket.</param>
    /// <param name="Attached">True when it joined.</param>
    /// <param name="Hub">The hub.</param>
    public sealed record Attach(StreamId Stream, Requester Requester, bool Attached, IActorRef Hub) : IForConversation;

    /// <summary>To a call: relay between participants, never journaled. The answer is <see cref="Executed"/>.</summary>
    public sealed record Signal(StreamId Stream, Requester Requester, CallSignal What, long Correlation, IActorRef ReplyTo, IActorRef? Via)
        : IForConversation;

    /// <summary>To a hub: relay to these sockets.</summary>
    /// <param name="From">The sender.</param>
    /// <param name="What">The signal.</param>
    /// <param name="Sessions">The sockets of the participants it is for.</param>
    public sealed record SignalRelayed(UserId From, CallSignal What, ImmutableArray<string> Sessions) : IWireMessage;

    /// <summary>To a conversation, from its shard: stop once the write in flight is done.</summary>
    public sealed class Stop : INoSerializationVerificationNeeded
    {
        private Stop()
        {
        }

        /// <summary>The message.</summary>
        public static Stop Instance { get; } = new();
    }
}
