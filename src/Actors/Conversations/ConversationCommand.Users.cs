using System.Globalization;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Conversations;

/// <content>Users and calls.</content>
internal abstract partial record ConversationCommand
{
    /// <summary>The user has read a conversation up to a number.</summary>
    /// <param name="By">The user.</param>
    /// <param name="Channel">The channel.</param>
    /// <param name="Thread">The thread of it, where that was read.</param>
    /// <param name="UpTo">The last number read.</param>
    public sealed record MarkRead(Requester By, ChannelId Channel, ThreadId? Thread, long UpTo) : ConversationCommand(By)
    {
        /// <summary>What was read.</summary>
        public StreamId Target => Thread is { } thread ? StreamId.Of(thread) : StreamId.Of(Channel);
    }

    /// <summary>The user says how they want to be seen.</summary>
    /// <param name="By">The user.</param>
    /// <param name="Status">The status.</param>
    /// <param name="Text">A text beside it.</param>
    /// <param name="ExpiresAt">When it lapses, microseconds since the epoch.</param>
    public sealed record SetStatus(Requester By, PresenceStatus Status, string? Text, long? ExpiresAt) : ConversationCommand(By);

    /// <summary>Records that a user's earlier tokens count no more.</summary>
    /// <param name="By">Who took them back.</param>
    /// <param name="Before">Tokens made before count no more, microseconds since the epoch; what a repeat is recognised by.</param>
    public sealed record Revoke(Requester By, long Before) : ConversationCommand(By)
    {
        public override string? Key => string.Create(CultureInfo.InvariantCulture, $"revoke\n{Before}");
    }

    /// <summary>Begins a call in a channel.</summary>
    /// <param name="By">The caller.</param>
    /// <param name="Call">The id that the call gets if the channel has none.</param>
    /// <param name="Media">What it carries.</param>
    public sealed record StartCall(Requester By, CallId Call, CallMedia Media) : ConversationCommand(By)
    {
        public override bool AwaitsRelays => true;
    }

    /// <summary>Takes part in a call, with the socket of <see cref="Requester.Session"/>.</summary>
    /// <param name="By">Who does.</param>
    /// <param name="Takeover">Take the call over from another device of the same user.</param>
    public sealed record AcceptCall(Requester By, bool Takeover) : ConversationCommand(By);

    /// <summary>Does not want to take part.</summary>
    public sealed record DeclineCall(Requester By) : ConversationCommand(By);

    /// <summary>Hangs up.</summary>
    public sealed record EndCall(Requester By) : ConversationCommand(By);

    /// <summary>The time for answering is over.</summary>
    public sealed record EndRinging(Requester By) : ConversationCommand(By);

    /// <summary>A participant's socket is gone and did not come back.</summary>
    /// <param name="By">The server, in the participant's name.</param>
    /// <param name="Session">The socket: who takes part with another one stays.</param>
    public sealed record DropParticipant(Requester By, string Session) : ConversationCommand(By);
}
