using System.Data.Common;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Users;

/// <summary>Takes a user's tokens back, or closes a user's connections, on every node.</summary>
internal static partial class UserEndpoints
{
    // As for a conversation's answer: the client tries again with the same key.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Maps the operations.</summary>
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/users/{user}/revoke", Revoke)
            .Describe("revokeUser", "Voids every token of a user that was made until now; role admin, or the user themself")
            .Produces<RevokedAnswer>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.IdempotencyConflict);
        api.MapPost("/users/{user}/disconnect", Disconnect)
            .Describe("disconnectUser", "Closes a user's connections, which may come back with the same token; role admin")
            .Produces<DisconnectedAnswer>()
            .RequireAuthorization(ApiPolicies.Admin)
            .Refuses(ProblemReason.Forbidden, ProblemReason.IdempotencyConflict);
    }

    private static async Task<IResult> Revoke(
        string user,
        HttpContext context,
        TokenRevocations revocations,
        ConversationCalls calls,
        IKeyStore keys,
        TimeProvider time,
        ILogger<TokenRevocations> logger)
    {
        var caller = context.GetAccessToken();
        if (caller.Role != Role.Admin && caller.UserId.Value != user)
            return Problem.Of(ProblemReason.Forbidden);
        if (!UserId.TryParse(user, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var (entry, problem) = await End(RevocationKind.Tokens, id, context, revocations, keys, time, logger);
        if (problem is not null)
            return problem;

        // For the auditor: who did it, and when. Behind the revocation, which must not wait for it; one that is repeated with
        // its key is written down once.
        var record = new ConversationCommand.Revoke(ConversationCalls.RequesterOf(caller), entry!.Before);
        (_, problem) = await calls.Execute(StreamId.Of(id), record, context.RequestAborted);
        return problem ?? (IResult)TypedResults.Ok(new RevokedAnswer(user, TimeOf(entry)));
    }

    private static async Task<IResult> Disconnect(
        string user, HttpContext context, TokenRevocations revocations, IKeyStore keys, TimeProvider time, ILogger<TokenRevocations> logger)
    {
        if (!UserId.TryParse(user, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var (entry, problem) = await End(RevocationKind.Connections, id, context, revocations, keys, time, logger);
        return problem ?? (IResult)TypedResults.Ok(new DisconnectedAnswer(user, TimeOf(entry!)));
    }

    private static string TimeOf(StoredRevocation entry) => Rfc3339.Format(DateTimeOffset.UnixEpoch.AddMicroseconds(entry.Before));

    private static async Task<(StoredRevocation? Entry, Problem? Problem)> End(
        RevocationKind kind,
        UserId id,
        HttpContext context,
        TokenRevocations revocations,
        IKeyStore keys,
        TimeProvider time,
        ILogger logger)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var refusal))
            return (null, Problem.Of(refusal!));

        try
        {
            // One purpose for both: a key that closed connections cannot be used again to take tokens back.
            var request = key.Digest(keys.IndexKey.Span, context.GetAccessToken().UserId, "users");
            var entry = await revocations.Add(kind, id, request, context.RequestAborted).WaitAsync(Patience, time, context.RequestAborted);
            return entry is null ? (null, Problem.Of(ProblemReason.IdempotencyConflict)) : (entry, null);
        }
        catch (Exception e) when (e is DbException or StorageBusyException or TimeoutException)
        {
            LogFailed(logger, e);
            return (null, Problem.Of(ProblemReason.Unavailable));
        }
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "A revocation could not be written; the client was told unavailable")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
