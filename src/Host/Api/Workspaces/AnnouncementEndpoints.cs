using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>Tells everybody in a workspace something.</summary>
internal static class AnnouncementEndpoints
{
    /// <summary>Maps the operation.</summary>
    public static void MapAnnouncements(this IEndpointRouteBuilder api) =>
        api.MapPost("/workspaces/{workspace}/announcements", Announce)
            .Describe("announce", "Tells everybody in a workspace something; administrators of the workspace")
            .Takes<AnnouncementBody>()
            .Produces<AnnouncedAnswer>(StatusCodes.Status201Created)
            .Refuses(ProblemReason.Forbidden, ProblemReason.IdempotencyConflict, ProblemReason.Archived);

    private static async Task<IResult> Announce(string workspace, HttpContext context, ConversationCalls calls)
    {
        if (!WorkspaceId.TryParse(workspace, out var id))
            return Problem.Of(ProblemReason.NotFound);
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var refusal))
            return Problem.Of(refusal!);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!Announcement.TryParse(json.Span, out var m, out refusal))
            return Problem.Of(refusal);

        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        (var receipt, problem) = await calls.Execute(
            StreamId.Of(id), new ConversationCommand.Announce(by, m.Content, key.Text), context.RequestAborted);
        return problem ?? (IResult)TypedResults.Created((string?)null, new AnnouncedAnswer(receipt!.Seq, Rfc3339.Format(receipt.Time)));
    }
}
