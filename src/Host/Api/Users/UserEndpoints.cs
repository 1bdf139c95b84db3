using System.Data.Common;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
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

    private static Task<IResult> Revoke(
        string user, HttpContext context, TokenRevocations revocations, IKeyStore keys, TimeProvider time, ILogger<TokenRevocations> logger)
    {
        var caller = context.GetAccessToken();
        return caller.Role != Role.Admin && caller.UserId.Value != user
            ? Task.FromResult<IResult>(Problem.Of(ProblemReason.Forbidden))
            : End(RevocationKind.Tokens, user, context, revocations, keys, time, logger, at => TypedResults.Ok(new RevokedAnswer(user, at)));
    }

    private static Task<IResult> Disconnect(
        string user, HttpContext context, TokenRevocations revocations, IKeyStore keys, TimeProvider time, ILogger<TokenRevocations> logger) =>
        End(RevocationKind.Connections, user, context, revocations, keys, time, logger, at => TypedResults.Ok(new DisconnectedAnswer(user, at)));

    private static async Task<IResult> End(
        RevocationKind kind,
        string user,
        HttpContext context,
        TokenRevocations revocations,
        IKeyStore keys,
        TimeProvider time,
        ILogger logger,
        Func<string, IResult> answer)
    {
        if (!UserId.TryParse(user, out var id))
            return Problem.Of(ProblemReason.NotFound);
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var refusal))
            return Problem.Of(refusal!);

        try
        {
            // One purpose for both: a key that closed connections cannot be used again to take tokens back.
            var request = key.Digest(keys.IndexKey.Span, context.GetAccessToken().UserId, "users");
            var entry = await revocations.Add(kind, id, request, context.RequestAborted).WaitAsync(Patience, time, context.RequestAborted);
            return entry is null
                ? Problem.Of(ProblemReason.IdempotencyConflict)
                : answer(Rfc3339.Format(DateTimeOffset.UnixEpoch.AddMicroseconds(entry.Before)));
        }
        catch (Exception e) when (e is DbException or StorageBusyException or TimeoutException)
        {
            LogFailed(logger, e);
            return Problem.Of(ProblemReason.Unavailable);
        }
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "A revocation could not be written; the client was told unavailable")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
