using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Channels;

/// <summary>Creates and shows channels.</summary>
internal static class ChannelEndpoints
{
    /// <summary>Maps the operations.</summary>
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        api.MapPost("/workspaces/{workspace}/channels", Create)
            .Describe("createChannel", "Creates a channel; whoever creates a private one is its first member")
            .Takes<CreateChannelBody>()
            .Produces<ChannelAnswer>(StatusCodes.Status201Created)
            .Refuses(ProblemReason.IdempotencyConflict);
        api.MapRead("/channels/{channel}", Get)
            .Describe("getChannel", "What a channel is")
            .Produces<ChannelAnswer>();
    }

    private static async Task<IResult> Create(string workspace, HttpContext context, ConversationCalls calls, IKeyStore keys)
    {
        if (!WorkspaceId.TryParse(workspace, out var workspaceId))
            return Problem.Of(ProblemReason.NotFound);
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var refusal))
            return Problem.Of(refusal!);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!CreateChannel.TryParse(json.Span, out var m, out refusal))
            return Problem.Of(refusal);

        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var channel = ChannelId.Parse($"c_{key.NewId(keys.IndexKey.Span, by.User, $"workspaces/{workspaceId.Value}/channels")}");
        var command = new ConversationCommand.Create(by, channel, workspaceId, m.Name, m.Visibility);
        (_, problem) = await calls.Execute(StreamId.Of(channel), command, context.RequestAborted);
        // Forbidden: the channel is there, by the same key. It may have been renamed since; what counts is how it was made.
        if (problem is not null and not { Reason: ProblemReason.Forbidden })
            return problem;

        if (await First(channel, context, calls) is not { Event: ConversationEvent.ChannelCreated created } first)
            return Problem.Of(ProblemReason.Unavailable);
        var wanted = new ChannelInfo(channel, workspaceId, m.Name, m.Visibility);
        return new ChannelInfo(created.Channel, created.Workspace, created.Name, created.Visibility) == wanted
            ? TypedResults.Created($"{ApiPipeline.Prefix}/channels/{channel.Value}", ChannelAnswer.Of(wanted, first.Time))
            : Problem.Of(ProblemReason.IdempotencyConflict);
    }

    private static async Task<IResult> Get(string channel, HttpContext context, ConversationCalls calls)
    {
        if (!ChannelId.TryParse(channel, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (state, problem) = await calls.State<ChannelState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;
        return await First(id, context, calls) is { } first
            ? TypedResults.Ok(ChannelAnswer.Of(state!.Channel!, first.Time))
            : Problem.Of(ProblemReason.Unavailable);
    }

    // The event that made the channel: what it was like at first, and since when it is.
    private static async Task<NumberedEvent?> First(ChannelId channel, HttpContext context, ConversationCalls calls) =>
        (await calls.Read(reader => reader.Read(StreamId.Of(channel), 1, 1, context.RequestAborted), context.RequestAborted))?.Single();
}
