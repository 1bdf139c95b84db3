using QuikApp.Actors.Channels;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Channels;

/// <summary>Lists the channels of a workspace that the caller may see: the public ones, and their own.</summary>
internal static class ChannelListEndpoints
{
    /// <summary>Maps the operation.</summary>
    public static void MapChannelList(this IEndpointRouteBuilder api) =>
        api.MapRead("/workspaces/{workspace}/channels", List)
            .Describe(
                "listChannels",
                "The public channels of a workspace, and the caller's own private and direct ones",
                ApiParameter.OneOf("archived", "false: those in use. true: those archived. any: both.", "false", "true", "any"),
                ListQuery.LimitParameter,
                ListQuery.CursorParameter)
            .Produces<ListAnswer<ListedChannelAnswer>>()
            .Refuses(ProblemReason.InvalidCursor);

    private static async Task<IResult> List(string workspace, HttpContext context, ConversationCalls calls, PageCursors cursors)
    {
        if (!WorkspaceId.TryParse(workspace, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var reader = new QueryReader(context.Request.Query);
        var archived = reader.OneOf("archived", ("false", Filter.InUse), ("true", Filter.Archived), ("any", Filter.Any)) ?? Filter.InUse;
        if (ListQuery.Read(reader, requester.User, $"workspaces/{id.Value}/channels?{archived}", cursors, out var query) is { } wrong)
            return wrong;
        var (roster, problem) = await calls.State<WorkspaceState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;
        (var own, problem) = await calls.State<UserState>(StreamId.Of(requester.User), requester, context.RequestAborted);
        if (problem is not null)
            return problem;

        var (page, last) = query.Cut(Candidates(id, roster!, own!, archived), candidate => candidate.Channel.Value);
        var items = new List<ListedChannelAnswer>(page.Count);
        foreach (var (channel, listed) in page)
        {
            if (listed is not null)
            {
                items.Add(ListedChannelAnswer.Of(listed));
                continue;
            }

            (var state, problem) = await calls.State<ChannelState>(StreamId.Of(channel), requester, context.RequestAborted);
            if (problem is { Reason: not ProblemReason.NotFound })
                return problem;
            if (state is not null && Fits(archived, state.Channel!.Archived))
                items.Add(ListedChannelAnswer.Of(state, requester.User));
        }

        return query.Answer(items, last, cursors);
    }

    private static IEnumerable<(ChannelId Channel, ListedChannel? Listed)> Candidates(
        WorkspaceId workspace, WorkspaceState roster, UserState own, Filter archived) =>
        roster.Channels.Values
            .Where(listed => Fits(archived, listed.Archived))
            .Select(listed => (listed.Channel, (ListedChannel?)listed))
            .Concat(own.Channels.Values
                .Where(mine => mine.Workspace == workspace && mine.Visibility != ChannelVisibility.Public)
                .Select(mine => (mine.Channel, (ListedChannel?)null)));

    private static bool Fits(Filter filter, bool isArchived) => filter switch
    {
        Filter.Archived => isArchived,
        Filter.InUse => !isArchived,
        _ => true,
    };

    private enum Filter
    {
        InUse,
        Archived,
        Any,
    }
}
