using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Workspaces;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>Creates workspaces. Who creates one is its first administrator.</summary>
internal static class WorkspaceCreation
{
    /// <summary>Maps the operation.</summary>
    public static void MapWorkspaceCreation(this IEndpointRouteBuilder api) =>
        api.MapPost("/workspaces", Create)
            .Describe("createWorkspace", "Creates a workspace, whose first administrator is the caller; role admin")
            .Takes<CreateWorkspaceBody>()
            .Produces<WorkspaceAnswer>(StatusCodes.Status201Created)
            .RequireAuthorization(ApiPolicies.Admin)
            .Refuses(ProblemReason.Forbidden, ProblemReason.IdempotencyConflict, ProblemReason.AlreadyExists);

    private static async Task<IResult> Create(HttpContext context, ConversationCalls calls, IKeyStore keys)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var refusal))
            return Problem.Of(refusal!);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!CreateWorkspace.TryParse(json.Span, out var m, out refusal))
            return Problem.Of(refusal);
        // Two keys for one thing could contradict each other.
        if (key.Text is not null && m.Id is not null)
            return Problem.Invalid(PayloadFault.Exclusive, "id");

        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var workspace = m.Id ?? WorkspaceId.Parse($"w_{key.NewId(keys.IndexKey.Span, by.User, "workspaces")}");
        var stream = StreamId.Of(workspace);
        (_, problem) = await calls.Execute(stream, new ConversationCommand.CreateWorkspace(by, workspace, m.Name), context.RequestAborted);
        // Forbidden: it is there. What counts is how, and by whom, it was made; its name and its members may have changed since.
        if (problem is not null and not { Reason: ProblemReason.Forbidden })
            return problem;
        if (await calls.First(stream, context.RequestAborted) is not { Event: ConversationEvent.WorkspaceCreated created } first)
            return Problem.Of(ProblemReason.Unavailable);
        if (first.By != by.User || created.Name != m.Name)
            return Problem.Of(m.Id is null ? ProblemReason.IdempotencyConflict : ProblemReason.AlreadyExists);
        return TypedResults.Created(
            $"{ApiPipeline.Prefix}/workspaces/{workspace.Value}", WorkspaceAnswer.Of(new WorkspaceInfo(workspace, m.Name), first.Time));
    }
}
