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
    private const string Suffix = "/{message}/reactions/{emoji}";

    /// <summary>Maps the operations, for channels and for threads.</summary>
    public static void MapReactions(this IEndpointRouteBuilder api)
    {
        Describe(
            "",
            api.MapPut(Place.ChannelPattern + Suffix, (string channel, string message, string emoji, HttpContext context, ConversationCalls calls) =>
                React(Place.Channel(channel), message, emoji, add: true, context, calls)),
            api.MapDelete(Place.ChannelPattern + Suffix, (string channel, string message, string emoji, HttpContext context, ConversationCalls calls) =>
                React(Place.Channel(channel), message, emoji, add: false, context, calls)));
        Describe(
            "InThread",
            api.MapPut(Place.ThreadPattern + Suffix, (string thread, string message, string emoji, HttpContext context, ConversationCalls calls) =>
                React(Place.Thread(thread), message, emoji, add: true, context, calls)),
            api.MapDelete(Place.ThreadPattern + Suffix, (string thread, string message, string emoji, HttpContext context, ConversationCalls calls) =>
                React(Place.Thread(thread), message, emoji, add: false, context, calls)));
    }

    private static void Describe(string where, RouteHandlerBuilder add, RouteHandlerBuilder remove)
    {
        add.Describe($"addReaction{where}", "Reacts to a message; nothing happens when the reaction is there")
            .Produces<Change>()
            .Refuses(ProblemReason.InvalidReaction, ProblemReason.Forbidden, ProblemReason.Archived);
        remove.Describe($"removeReaction{where}", "Takes one's reaction back; nothing happens when there is none")
            .Produces<Change>()
            .Refuses(ProblemReason.InvalidReaction, ProblemReason.Forbidden, ProblemReason.Archived);
    }

    private static async Task<IResult> React(
        Place? place, string message, string emoji, bool add, HttpContext context, ConversationCalls calls)
    {
        if (place is null || !MessageId.TryParse(message, out var messageId))
            return Problem.Of(ProblemReason.NotFound);
        if (!EmojiKey.TryCanonicalize(emoji, out var key))
            return Problem.Of(ProblemReason.InvalidReaction);
        return await calls.Change(place.Stream, by => new ConversationCommand.React(by, messageId, key, add), context);
    }
}
