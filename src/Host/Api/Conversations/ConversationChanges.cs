using QuikApp.Actors.Conversations;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Conversations;

/// <summary>Commands whose answer is no more than the number of what they did.</summary>
internal static class ConversationChanges
{
    /// <summary>Has a channel decide on behalf of a request.</summary>
    public static async Task<IResult> Change(
        this ConversationCalls calls, ChannelId channel, Func<Requester, ConversationCommand> command, HttpContext context)
    {
        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (receipt, problem) = await calls.Execute(StreamId.Of(channel), command(by), context.RequestAborted);
        return problem ?? (IResult)TypedResults.Ok(new Change(receipt!.Seq));
    }
}
