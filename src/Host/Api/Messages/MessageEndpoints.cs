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
    /// <summary>Maps the operations.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        api.MapPost("/channels/{channel}/messages", Send)
            .Describe("sendMessage", "Sends a message")
            .Takes<SendMessageBody>()
            .Produces<SentMessage>(StatusCodes.Status201Created)
            .Refuses(ProblemReason.IdempotencyConflict);
        api.MapChange("/channels/{channel}/messages/{message}", Edit)
            .Describe("editMessage", "Replaces the text of one's own message")
            .Takes<EditMessageBody>()
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden);
        api.MapDelete("/channels/{channel}/messages/{message}", Delete)
            .Describe("deleteMessage", "Deletes one's own message, or any as a moderator")
            .Produces<Change>()
            .Refuses(ProblemReason.Forbidden);
    }

    private static async Task<IResult> Send(string channel, HttpContext context, ConversationCalls calls)
    {
        if (!ChannelId.TryParse(channel, out var id))
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
        if (m.Thread is not null)
            return Problem.Of(ProblemReason.NotFound);

        var by = ConversationCalls.RequesterOf(context.GetAccessToken());
        var command = new ConversationCommand.Send(
            by, calls.Conversation.Ids.NewMessage(), m.Content, m.Attachments, m.Mentions, m.ClientId ?? key.Text);
        (var receipt, problem) = await calls.Execute(StreamId.Of(id), command, context.RequestAborted);
        return problem ?? (IResult)TypedResults.Created(
            $"{ApiPipeline.Prefix}/channels/{id.Value}/messages/{receipt!.Message!.Value.Value}",
            new SentMessage(receipt.Message.Value.Value, receipt.Seq, Rfc3339.Format(receipt.Time)));
    }

    private static async Task<IResult> Edit(string channel, string message, HttpContext context, ConversationCalls calls)
    {
        if (!ChannelId.TryParse(channel, out var id) || !MessageId.TryParse(message, out var messageId))
            return Problem.Of(ProblemReason.NotFound);
        var (json, problem) = await RequestBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!EditMessage.TryParse(json.Span, out var m, out var refusal))
            return Problem.Of(refusal);
        return await calls.Change(id, by => new ConversationCommand.Edit(by, messageId, m.Content, m.Mentions), context);
    }

    private static async Task<IResult> Delete(string channel, string message, HttpContext context, ConversationCalls calls) =>
        ChannelId.TryParse(channel, out var id) && MessageId.TryParse(message, out var messageId)
            ? await calls.Change(id, by => new ConversationCommand.Delete(by, messageId), context)
            : Problem.Of(ProblemReason.NotFound);
}
