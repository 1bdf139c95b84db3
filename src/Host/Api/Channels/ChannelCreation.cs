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

/// <summary>Creates channels. What a repeat must find again is found by its id: that of the key, or that of the pair.</summary>
internal static class ChannelCreation
{
    /// <summary>Maps the operation.</summary>
    public static void MapChannelCreation(this IEndpointRouteBuilder api) =>
        api.MapPost("/workspaces/{workspace}/channels", Create)
            .Describe("createChannel", "Creates a channel, or finds the direct channel with another member")
            .Takes<CreateChannelBody>()
            .Produces<ChannelAnswer>(StatusCodes.Status201Created)
            .Produces<ChannelAnswer>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.IdempotencyConflict, ProblemReason.Archived);

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
        if (m.With is { } other)
        {
            // The pair is the key: a second one beside it could only contradict.
            return key.Text is null
                ? await CreateDirect(workspaceId, by, other, context, calls, keys)
                : Problem.Invalid(PayloadFault.Exclusive, IdempotencyKey.Header);
        }

        var channel = ChannelId.Parse($"c_{key.NewId(keys.IndexKey.Span, by.User, $"workspaces/{workspaceId.Value}/channels")}");
        return await CreateNamed(new ChannelInfo(channel, workspaceId, m.Name, m.Visibility), by, context, calls);
    }

    private static async Task<IResult> CreateNamed(ChannelInfo wanted, Requester by, HttpContext context, ConversationCalls calls)
    {
        var stream = StreamId.Of(wanted.Channel);
        var command = new ConversationCommand.Create(by, wanted.Channel, wanted.Workspace, wanted.Name, wanted.Visibility);
        var (_, problem) = await calls.Execute(stream, command, context.RequestAborted);
        // Forbidden: the channel is there, by the same key, or the caller may make none. It may have been renamed since; what
        // counts is how it was made.
        if (problem is not null and not { Reason: ProblemReason.Forbidden })
            return problem;

        var (first, failed) = await calls.FirstOrNone(stream, context.RequestAborted);
        if (failed)
            return Problem.Of(ProblemReason.Unavailable);
        if (first?.Event is not ConversationEvent.ChannelCreated created)
            return problem ?? Problem.Of(ProblemReason.Unavailable);
        return new ChannelInfo(created.Channel, created.Workspace, created.Name, created.Visibility) == wanted
            ? TypedResults.Created(PathOf(wanted.Channel), ChannelAnswer.Of(wanted, with: null, first.Time))
            : Problem.Of(ProblemReason.IdempotencyConflict);
    }

    private static async Task<IResult> CreateDirect(
        WorkspaceId workspace, Requester by, UserId other, HttpContext context, ConversationCalls calls, IKeyStore keys)
    {
        var channel = DirectChannels.IdOf(keys.IndexKey.Span, workspace, by.User, other);
        var stream = StreamId.Of(channel);
        var command = new ConversationCommand.Create(by, channel, workspace, "", ChannelVisibility.Direct, other);
        var (_, isRepeat, problem) = await calls.ExecuteOnce(stream, command, context.RequestAborted);
        if (problem is not null)
            return problem;
        if (await calls.First(stream, context.RequestAborted) is not { } first)
            return Problem.Of(ProblemReason.Unavailable);

        var answer = ChannelAnswer.Of(new ChannelInfo(channel, workspace, "", ChannelVisibility.Direct), other, first.Time);
        return isRepeat ? TypedResults.Ok(answer) : TypedResults.Created(PathOf(channel), answer);
    }

    private static string PathOf(ChannelId channel) => $"{ApiPipeline.Prefix}/channels/{channel.Value}";
}
