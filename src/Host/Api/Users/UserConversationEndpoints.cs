using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Users;

/// <summary>Lists a user's conversations with what is unread in each.</summary>
internal static class UserConversationEndpoints
{
    /// <summary>Maps the operation.</summary>
    public static void MapUserConversations(this IEndpointRouteBuilder api) =>
        api.MapRead("/users/{user}/conversations", List)
            .Describe(
                "listConversations",
                "A user's own conversations with read marks and counts; role admin: another's, in the admin's own workspaces",
                ListQuery.LimitParameter,
                ListQuery.CursorParameter)
            .Produces<ListAnswer<ConversationAnswer>>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.InvalidCursor);

    private static async Task<IResult> List(string user, HttpContext context, UserConversations conversations, PageCursors cursors)
    {
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        if (requester.Role != Role.Admin && requester.User.Value != user)
            return Problem.Of(ProblemReason.Forbidden);
        if (!UserId.TryParse(user, out var id))
            return Problem.Of(ProblemReason.NotFound);
        if (ListQuery.Read(new QueryReader(context.Request.Query), requester.User, $"users/{id.Value}/conversations", cursors, out var query) is { } wrong)
            return wrong;

        var (page, problem) = await conversations.Page(id, requester, query, context.RequestAborted);
        return problem ?? query.Answer(page!.Items, page.Last, cursors);
    }
}
