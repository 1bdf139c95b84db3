using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Reactions;

namespace QuikApp.Host.Api.Messages;

/// <summary>Puts reactions there and takes one's own back.</summary>
internal static class ReactionEndpoints
{
    /// <summary>Maps the operations.</summary>
    public static void MapReactions(this IEndpointRouteBuilder api)
    {
        const string Pattern = "/channels/{channel}/messages/{message}/reactions/{emoji}";
        api.MapPut(Pattern, Add)
            .Describe("addReaction", "Reacts to a message; nothing happens when the reaction is there")
            .Produces<Change>()
            .Refuses(ProblemReason.InvalidReaction);
        api.MapDelete(Pattern, Remove)
            .Describe("removeReaction", "Takes one's reaction back; nothing happens when there is none")
            .Produces<Change>()
            .Refuses(ProblemReason.InvalidReaction);
    }

    private static Task<IResult> Add(string channel, string message, string emoji, HttpContext context, ConversationCalls calls) =>
        React(channel, message, emoji, add: true, context, calls);

    private static Task<IResult> Remove(string channel, string message, string emoji, HttpContext context, ConversationCalls calls) =>
        React(channel, message, emoji, add: false, context, calls);

    private static async Task<IResult> React(
        string channel, string message, string emoji, bool add, HttpContext context, ConversationCalls calls)
    {
        if (!ChannelId.TryParse(channel, out var id) || !MessageId.TryParse(message, out var messageId))
            return Problem.Of(ProblemReason.NotFound);
        if (!EmojiKey.TryCanonicalize(emoji, out var key))
            return Problem.Of(ProblemReason.InvalidReaction);
        return await calls.Change(id, by => new ConversationCommand.React(by, messageId, key, add), context);
    }
}
