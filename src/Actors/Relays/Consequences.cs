using QuikApp.Actors.Calls;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Threads;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Relays;

/// <summary>
/// What follows from an event in other conversations. Pure: computed after the commit, and again after a crash from the same
/// event. The target recognises a repeat by the command's key.
/// </summary>
internal static class Consequences
{
    /// <summary>Whether something follows.</summary>
    /// <param name="state">The conversation behind the event.</param>
    /// <param name="e">The event.</param>
    /// <param name="before">The message concerned as it stood before.</param>
    public static bool Has(ConversationState state, NumberedEvent e, MessageView? before) => (state, e.Event) switch
    {
        (ChannelState { Channel: { } c }, ConversationEvent.ChannelCreated or ConversationEvent.ChannelRenamed
            or ConversationEvent.ChannelArchived or ConversationEvent.ChannelRestored) => c.Visibility == ChannelVisibility.Public,
        (ChannelState, ConversationEvent.MemberAdded or ConversationEvent.MemberRemoved) => true,
        (ChannelState { Channel: { } c }, ConversationEvent.MessageCreated m) => IsDirect(c) || !m.Mentions.IsEmpty,
        (ChannelState { Channel: { } c }, ConversationEvent.MessageEdited m) => !IsDirect(c) && !m.Mentions.IsEmpty,
        (ChannelState { Channel: { } c }, ConversationEvent.MessageDeleted) => IsDirect(c) || before?.EverMentioned.IsEmpty == false,
        (ChannelState, ConversationEvent.ThreadOpened or ConversationEvent.CallStarted) => true,
        (ThreadState, ConversationEvent.MessageCreated or ConversationEvent.MessageDeleted) => true,
        (ThreadState, ConversationEvent.MessageEdited m) => !m.Mentions.IsEmpty,
        (CallState, _) => true,
        (UserState u, ConversationEvent.CallEnded c) => UserConsequences.IsBusySignal(u, c),
        _ => false,
    };

    /// <summary>Whether <see cref="RelayFacts.Before"/> must be looked up.</summary>
    public static bool NeedMessage(NumberedEvent e) =>
        e.Event is ConversationEvent.MessageEdited or ConversationEvent.MessageDeleted or ConversationEvent.ThreadOpened;

    /// <summary>What follows from an event.</summary>
    public static IEnumerable<Consequence> Of(ConversationState state, NumberedEvent e, RelayFacts facts) => state switch
    {
        ChannelState channel => ChannelConsequences.Of(channel, e, facts),
        ThreadState thread => ThreadConsequences.Of(thread, e, facts),
        CallState call => CallConsequences.Of(call, e),
        UserState user => UserConsequences.Of(user, e),
        _ => [],
    };

    /// <summary>Records an event in another stream, in the name of who did what it follows from.</summary>
    /// <param name="target">The other stream.</param>
    /// <param name="e">What it follows from.</param>
    /// <param name="what">The event to record.</param>
    /// <param name="by">In whose name, when it is not who did it.</param>
    /// <param name="origin">What a repeat is recognised by, when it is not the event and the target.</param>
    public static Consequence Record(StreamId target, NumberedEvent e, ConversationEvent what, UserId? by = null, string? origin = null) =>
        new(target, new ConversationCommand.Record(Requester.OnBehalfOf(by ?? e.By), origin ?? $"{e.Stream}\n{e.Seq}\n{what.GetType().Name}", what));

    private static bool IsDirect(ChannelInfo channel) => channel.Visibility == ChannelVisibility.Direct;
}
