using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Members;

/// <summary>Who belongs to a workspace, with which role.</summary>
internal static class WorkspaceMemberEndpoints
{
    private const string Anyone = "any";

    /// <summary>Maps the operations.</summary>
    public static void MapWorkspaceMembers(this IEndpointRouteBuilder api)
    {
        const string List = "/workspaces/{workspace}/members";
        const string One = $"{List}/{{user}}";
        api.MapRead(List, Show)
            .Describe(
                "listWorkspaceMembers",
                "The members of a workspace with their roles",
                ApiParameter.OneOf(
                    "role", "Only members with this role.", Anyone, RoleNames.Member, RoleNames.Moderator, RoleNames.Admin, RoleNames.Auditor),
                ListQuery.LimitParameter,
                ListQuery.CursorParameter)
            .Produces<ListAnswer<WorkspaceMemberAnswer>>()
            .Refuses(ProblemReason.InvalidCursor);
        api.MapPut(One, Set)
            .Describe("setWorkspaceMember", "Makes a user a member, or gives a member another role; administrators of the workspace")
            .Takes<SetMemberBody>()
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.Archived);
        api.MapDelete(One, Remove)
            .Describe("removeWorkspaceMember", "Ends a membership: one's own, or any as an administrator of the workspace")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden);
    }

    private static async Task<IResult> Show(string workspace, HttpContext context, ConversationCalls calls, PageCursors cursors)
    {
        if (!WorkspaceId.TryParse(workspace, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var reader = new QueryReader(context.Request.Query);
        var role = ReadRole(reader);
        if (ListQuery.Read(reader, requester.User, $"workspaces/{id.Value}/members?{role}", cursors, out var query) is { } wrong)
            return wrong;
        var (state, problem) = await calls.State<WorkspaceState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;

        var (page, last) = query.Cut(state!.Members.Where(member => role is null || member.Value == role), member => member.Key.Value);
        return query.Answer(page.Select(member => new WorkspaceMemberAnswer(member.Key.Value, RoleNames.NameOf(member.Value))), last, cursors);
    }

    private static Role? ReadRole(QueryReader reader)
    {
        if (reader.Text("role") is not { } word || word == Anyone)
            return null;
        if (!RoleNames.TryParse(word, out var role))
            reader.Fail(PayloadFault.BadFormat, "role");
        return role;
    }

    private static async Task<IResult> Set(string workspace, string user, HttpContext context, ConversationCalls calls)
    {
        if (!WorkspaceId.TryParse(workspace, out var id) || !UserId.TryParse(user, out var userId))
            return Problem.Of(ProblemReason.NotFound);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        return SetMember.TryParse(json.Span, out var m, out var refusal)
            ? await calls.Change(StreamId.Of(id), by => new ConversationCommand.AddMember(by, userId, m.Role), context)
            : Problem.Of(refusal);
    }

    private static async Task<IResult> Remove(string workspace, string user, HttpContext context, ConversationCalls calls) =>
        WorkspaceId.TryParse(workspace, out var id) && UserId.TryParse(user, out var userId)
            ? await calls.Change(StreamId.Of(id), by => new ConversationCommand.RemoveMember(by, userId), context)
            : Problem.Of(ProblemReason.NotFound);
}
