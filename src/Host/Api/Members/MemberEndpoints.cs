using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Members;

/// <summary>Who is a member of a channel.</summary>
internal static class MemberEndpoints
{
    private const string List = "/channels/{channel}/members";

    /// <summary>Maps the operations.</summary>
    public static void MapMembers(this IEndpointRouteBuilder api)
    {
        const string Pattern = $"{List}/{{user}}";
        api.MapRead(List, Show)
            .Describe("listMembers", "Who is a member of a channel by name", ListQuery.LimitParameter, ListQuery.CursorParameter)
            .Produces<ListAnswer<ChannelMemberAnswer>>()
            .Refuses(ProblemReason.InvalidCursor);
        api.MapPut(Pattern, Add)
            .Describe("addMember", "Makes a user a member; nothing happens when they are one")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.Archived);
        api.MapDelete(Pattern, Remove)
            .Describe("removeMember", "Ends a membership: one's own, or any as a moderator")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden);
    }

    private static async Task<IResult> Show(string channel, HttpContext context, ConversationCalls calls, PageCursors cursors)
    {
        if (!ChannelId.TryParse(channel, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        if (ListQuery.Read(new QueryReader(context.Request.Query), requester.User, $"channels/{id.Value}/members", cursors, out var query) is { } wrong)
            return wrong;
        var (state, problem) = await calls.State<ChannelState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;

        var (page, last) = query.Cut(state!.Members, member => member.Value);
        return query.Answer(page.Select(member => new ChannelMemberAnswer(member.Value)), last, cursors);
    }

    private static async Task<IResult> Add(string channel, string user, HttpContext context, ConversationCalls calls) =>
        ChannelId.TryParse(channel, out var id) && UserId.TryParse(user, out var userId)
            ? await calls.Change(StreamId.Of(id), by => new ConversationCommand.AddMember(by, userId), context)
            : Problem.Of(ProblemReason.NotFound);

    private static async Task<IResult> Remove(string channel, string user, HttpContext context, ConversationCalls calls) =>
        ChannelId.TryParse(channel, out var id) && UserId.TryParse(user, out var userId)
            ? await calls.Change(StreamId.Of(id), by => new ConversationCommand.RemoveMember(by, userId), context)
            : Problem.Of(ProblemReason.NotFound);
}
