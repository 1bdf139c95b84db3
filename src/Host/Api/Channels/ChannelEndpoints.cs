using QuikApp.Actors.Channels;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Channels;

/// <summary>Shows and changes channels.</summary>
internal static class ChannelEndpoints
{
    private const string Pattern = "/channels/{channel}";

    /// <summary>Maps the operations.</summary>
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        api.MapRead(Pattern, Get)
            .Describe("getChannel", "What a channel is")
            .Produces<ChannelAnswer>();
        api.MapChange(Pattern, Change)
            .Describe("changeChannel", "Renames a channel, archives it, or brings it back; moderators of the workspace")
            .Takes<ChangePlaceBody>()
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.Archived);
    }

    private static async Task<IResult> Get(string channel, HttpContext context, ConversationCalls calls)
    {
        if (!ChannelId.TryParse(channel, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (state, problem) = await calls.State<ChannelState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;
        return await calls.First(StreamId.Of(id), context.RequestAborted) is { } first
            ? TypedResults.Ok(ChannelAnswer.Of(state!.Channel!, ChannelAnswer.OtherOf(state, requester.User), first.Time))
            : Problem.Of(ProblemReason.Unavailable);
    }

    private static async Task<IResult> Change(string channel, HttpContext context, ConversationCalls calls) =>
        ChannelId.TryParse(channel, out var id)
            ? await calls.ChangePlace(StreamId.Of(id), context)
            : Problem.Of(ProblemReason.NotFound);
}
