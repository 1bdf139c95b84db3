using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Calls;

/// <summary>What a call is: fixed by its first event.</summary>
/// <param name="Call">The call.</param>
/// <param name="Channel">The channel whose rights it has.</param>
/// <param name="Media">What it carries.</param>
/// <param name="Caller">Who began it.</param>
/// <param name="CallerName">Their name, to be shown.</param>
/// <param name="Invited">Whom it rang for, the caller included.</param>
/// <param name="StartedAt">When it began, microseconds since the epoch.</param>
internal sealed record CallInfo(
    CallId Call, ChannelId Channel, CallMedia Media, UserId Caller, string CallerName, ImmutableHashSet<UserId> Invited, long StartedAt);
