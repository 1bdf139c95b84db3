using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using ThreadState = QuikApp.Actors.Threads.ThreadState;

namespace QuikApp.Host.Api.Threads;

/// <summary>Shows threads.</summary>
internal static class ThreadEndpoints
{
    /// <summary>Maps the operation.</summary>
    public static void MapThreads(this IEndpointRouteBuilder api) =>
        api.MapRead("/threads/{thread}", Get)
            .Describe("getThread", "What a thread is, and how it stands")
            .Produces<ThreadAnswer>();

    private static async Task<IResult> Get(string thread, HttpContext context, ConversationCalls calls)
    {
        if (!ThreadId.TryParse(thread, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (state, problem) = await calls.State<ThreadState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;
        return await calls.First(StreamId.Of(id), context.RequestAborted) is { } first
            ? TypedResults.Ok(ThreadAnswer.Of(state!, first.Time))
            : Problem.Of(ProblemReason.Unavailable);
    }
}
