using QuikApp.Actors.Workspaces;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>Lists, shows and changes workspaces.</summary>
internal static class WorkspaceEndpoints
{
    private const string Pattern = "/workspaces/{workspace}";

    /// <summary>Maps the operations.</summary>
    public static void MapWorkspaces(this IEndpointRouteBuilder api)
    {
        api.MapRead("/workspaces", List)
            .Describe(
                "listWorkspaces",
                "The workspaces of the caller's token that exist and that the caller belongs to",
                ListQuery.LimitParameter,
                ListQuery.CursorParameter)
            .Produces<ListAnswer<ListedWorkspaceAnswer>>()
            .Refuses(ProblemReason.InvalidCursor);
        api.MapRead(Pattern, Get)
            .Describe("getWorkspace", "What a workspace is")
            .Produces<WorkspaceAnswer>();
        api.MapChange(Pattern, Change)
            .Describe("changeWorkspace", "Renames a workspace, archives it, or brings it back; administrators of the workspace")
            .Takes<ChangePlaceBody>()
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.Archived);
    }

    // A page looks at no more names than it may have items: a token can name many workspaces that are not there.
    private static async Task<IResult> List(HttpContext context, ConversationCalls calls, PageCursors cursors)
    {
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        if (ListQuery.Read(new QueryReader(context.Request.Query), requester.User, "workspaces", cursors, out var query) is { } wrong)
            return wrong;

        var (page, last) = query.Cut(requester.Workspaces, workspace => workspace.Value);
        var items = new List<ListedWorkspaceAnswer>(page.Count);
        foreach (var workspace in page)
        {
            var (state, problem) = await calls.State<WorkspaceState>(StreamId.Of(workspace), requester, context.RequestAborted);
            if (problem is { Reason: not ProblemReason.NotFound })
                return problem;
            if (state is not null)
                items.Add(ListedWorkspaceAnswer.Of(state.Info!));
        }

        return query.Answer(items, last, cursors);
    }

    private static async Task<IResult> Get(string workspace, HttpContext context, ConversationCalls calls)
    {
        if (!WorkspaceId.TryParse(workspace, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (state, problem) = await calls.State<WorkspaceState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;
        return await calls.First(StreamId.Of(id), context.RequestAborted) is { } first
            ? TypedResults.Ok(WorkspaceAnswer.Of(state!.Info!, first.Time))
            : Problem.Of(ProblemReason.Unavailable);
    }

    private static async Task<IResult> Change(string workspace, HttpContext context, ConversationCalls calls) =>
        WorkspaceId.TryParse(workspace, out var id)
            ? await calls.ChangePlace(StreamId.Of(id), context)
            : Problem.Of(ProblemReason.NotFound);
}
