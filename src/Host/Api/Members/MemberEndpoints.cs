using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Members;

/// <summary>Who is a member of a channel.</summary>
internal static class MemberEndpoints
{
    /// <summary>Maps the operations.</summary>
    public static void MapMembers(this IEndpointRouteBuilder api)
    {
        const string Pattern = "/channels/{channel}/members/{user}";
        api.MapPut(Pattern, Add)
            .Describe("addMember", "Makes a user a member; nothing happens when they are one")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden);
        api.MapDelete(Pattern, Remove)
            .Describe("removeMember", "Ends a membership: one's own, or any as a moderator")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden);
    }

    private static async Task<IResult> Add(string channel, string user, HttpContext context, ConversationCalls calls) =>
        ChannelId.TryParse(channel, out var id) && UserId.TryParse(user, out var userId)
            ? await calls.Change(id, by => new ConversationCommand.AddMember(by, userId), context)
            : Problem.Of(ProblemReason.NotFound);

    private static async Task<IResult> Remove(string channel, string user, HttpContext context, ConversationCalls calls) =>
        ChannelId.TryParse(channel, out var id) && UserId.TryParse(user, out var userId)
            ? await calls.Change(id, by => new ConversationCommand.RemoveMember(by, userId), context)
            : Problem.Of(ProblemReason.NotFound);
}
