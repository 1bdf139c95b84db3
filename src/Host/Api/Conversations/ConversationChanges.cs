using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Conversations;

/// <summary>Commands whose answer is no more than the number of what they did.</summary>
internal static class ConversationChanges
{
    /// <summary>Has a conversation decide on behalf of a request.</summary>
    public static async Task<IResult> Change(
        this ConversationCalls calls, StreamId stream, Func<Requester, ConversationCommand> command, HttpContext context)
    {
        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (receipt, problem) = await calls.Execute(stream, command(by), context.RequestAborted);
        return problem ?? (IResult)TypedResults.Ok(new Change(receipt!.Seq));
    }

    /// <summary>
    /// Changes a channel or a workspace as the body says. What is archived cannot be renamed, so it is brought back first and
    /// archived last; each change is one of its own, and a repeat does what is left.
    /// </summary>
    public static async Task<IResult> ChangePlace(this ConversationCalls calls, StreamId stream, HttpContext context)
    {
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!Protocol.Payloads.ChangePlace.TryParse(json.Span, out var m, out var refusal))
            return Problem.Of(refusal);

        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var seq = 0L;
        foreach (var command in Commands(by, m))
        {
            (var receipt, problem) = await calls.Execute(stream, command, context.RequestAborted);
            if (problem is not null)
                return problem;
            seq = receipt!.Seq;
        }

        return TypedResults.Ok(new Change(seq));
    }

    private static IEnumerable<ConversationCommand> Commands(Requester by, ChangePlace m)
    {
        if (m.Archived == false)
            yield return new ConversationCommand.Archive(by, Archived: false);
        if (m.Name is { } name)
            yield return new ConversationCommand.Rename(by, name);
        if (m.Archived == true)
            yield return new ConversationCommand.Archive(by, Archived: true);
    }
}
