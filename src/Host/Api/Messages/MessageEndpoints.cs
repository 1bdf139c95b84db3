using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Messages;

/// <summary>Sends, changes and deletes messages: the same commands, rules and bodies as on a socket.</summary>
internal static class MessageEndpoints
{
    /// <summary>Maps the operations, for channels and for threads.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        Describe(
            "",
            api.MapPost(Place.ChannelPattern, (string channel, HttpContext context, ConversationCalls calls) =>
                Send(Place.Channel(channel), context, calls)),
            api.MapChange(OneOf(Place.ChannelPattern), (string channel, string message, HttpContext context, ConversationCalls calls) =>
                Edit(Place.Channel(channel), message, context, calls)),
            api.MapDelete(OneOf(Place.ChannelPattern), (string channel, string message, HttpContext context, ConversationCalls calls) =>
                Delete(Place.Channel(channel), message, context, calls)));
        Describe(
            "InThread",
            api.MapPost(Place.ThreadPattern, (string thread, HttpContext context, ConversationCalls calls) =>
                Send(Place.Thread(thread), context, calls)),
            api.MapChange(OneOf(Place.ThreadPattern), (string thread, string message, HttpContext context, ConversationCalls calls) =>
                Edit(Place.Thread(thread), message, context, calls)),
            api.MapDelete(OneOf(Place.ThreadPattern), (string thread, string message, HttpContext context, ConversationCalls calls) =>
                Delete(Place.Thread(thread), message, context, calls)));
    }

    private static string OneOf(string pattern) => $"{pattern}/{{message}}";

    private static void Describe(string where, RouteHandlerBuilder send, RouteHandlerBuilder edit, RouteHandlerBuilder delete)
    {
        send.Describe($"sendMessage{where}", "Sends a message")
            .Takes<SendMessageBody>()
            .Produces<SentMessage>(StatusCodes.Status201Created)
            .Refuses(ProblemReason.Forbidden, ProblemReason.IdempotencyConflict, ProblemReason.Archived);
        edit.Describe($"editMessage{where}", "Replaces the text of one's own message")
            .Takes<EditMessageBody>()
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.Archived);
        delete.Describe($"deleteMessage{where}", "Deletes one's own message, or any as a moderator")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden, ProblemReason.Archived);
    }

    private static async Task<IResult> Send(Place? place, HttpContext context, ConversationCalls calls)
    {
        if (place is null)
            return Problem.Of(ProblemReason.NotFound);
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var refusal))
            return Problem.Of(refusal!);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!SendMessage.TryParse(json.Span, out var m, out refusal))
            return Problem.Of(refusal);
        // Two names for one thing: where both are given, they must agree.
        if (key.Text is not null && m.ClientId is not null && key.Text != m.ClientId)
            return Problem.Invalid(PayloadFault.Exclusive, "clientId");
        if (place.For(m.Thread) is not var (target, within))
            return Problem.Of(ProblemReason.NotFound);

        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var command = new ConversationCommand.Send(
            by, calls.Conversation.Ids.NewMessage(), m.Content, m.Attachments, m.Mentions, m.ClientId ?? key.Text, within);
        (var receipt, problem) = await calls.Execute(target.Stream, command, context.RequestAborted);
        return problem ?? (IResult)TypedResults.Created(
            $"{ApiPipeline.Prefix}/{target.Path}/messages/{receipt!.Message!.Value.Value}",
            new SentMessage(receipt.Message.Value.Value, receipt.Seq, Rfc3339.Format(receipt.Time)));
    }

    private static async Task<IResult> Edit(Place? place, string message, HttpContext context, ConversationCalls calls)
    {
        if (place is null || !MessageId.TryParse(message, out var messageId))
            return Problem.Of(ProblemReason.NotFound);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!EditMessage.TryParse(json.Span, out var m, out var refusal))
            return Problem.Of(refusal);
        return await calls.Change(place.Stream, by => new ConversationCommand.Edit(by, messageId, m.Content, m.Mentions), context);
    }

    private static async Task<IResult> Delete(Place? place, string message, HttpContext context, ConversationCalls calls) =>
        place is not null && MessageId.TryParse(message, out var messageId)
            ? await calls.Change(place.Stream, by => new ConversationCommand.Delete(by, messageId), context)
            : Problem.Of(ProblemReason.NotFound);
}
