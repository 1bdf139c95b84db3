using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Messages;

/// <summary>Reads history. Who may read is asked of the conversation; the reading itself goes past it to the journal.</summary>
internal static class HistoryEndpoints
{
    /// <summary>Maps the operations, for channels and for threads.</summary>
    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        Describe(
            "",
            api.MapRead(Place.ChannelPattern, (string channel, HttpContext context, ConversationCalls calls, PageCursors cursors) =>
                List(Place.Channel(channel), context, calls, cursors)),
            api.MapRead($"{Place.ChannelPattern}/{{message}}", (string channel, string message, HttpContext context, ConversationCalls calls) =>
                Get(Place.Channel(channel), message, context, calls)));
        Describe(
            "InThread",
            api.MapRead(Place.ThreadPattern, (string thread, HttpContext context, ConversationCalls calls, PageCursors cursors) =>
                List(Place.Thread(thread), context, calls, cursors)),
            api.MapRead($"{Place.ThreadPattern}/{{message}}", (string thread, string message, HttpContext context, ConversationCalls calls) =>
                Get(Place.Thread(thread), message, context, calls)));
    }

    private static void Describe(string where, RouteHandlerBuilder list, RouteHandlerBuilder get)
    {
        list.Describe(
                $"listMessages{where}",
                "A page of history",
                ApiParameter.Integer("before", "Items with smaller numbers, the newest of them. Excludes after.", 0, PayloadLimits.MaxInteger),
                ApiParameter.Integer("after", "Items with greater numbers, the oldest of them.", 0, PayloadLimits.MaxInteger),
                ApiParameter.Integer("limit", "How many at most.", 1, PayloadLimits.HistoryItems, PayloadLimits.DefaultHistoryItems),
                ApiParameter.OneOf("mode", "compact: messages in their final state. full: every event.", "compact", "full"),
                ApiParameter.Text("cursor", "The next of the page before. Excludes before, after and mode.", PageCursors.MaxLength))
            .Produces<HistoryShape>()
            .Refuses(ProblemReason.InvalidCursor);
        get.Describe($"getMessage{where}", "A message as it stands")
            .Produces<HistoryItemShape>();
    }

    private static async Task<IResult> List(Place? place, HttpContext context, ConversationCalls calls, PageCursors cursors)
    {
        if (place is null)
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var list = $"{place.Path}/messages";
        if (Read(context.Request.Query, requester.User, list, cursors, out var query) is { } wrong)
            return wrong;
        var (granted, problem) = await calls.CheckAccess(place.Stream, requester, context.RequestAborted);
        if (problem is not null)
            return problem;

        var page = await calls.Read(reader => reader.History(place.Stream, query, context.RequestAborted), context.RequestAborted);
        if (page is null)
            return Problem.Of(ProblemReason.Unavailable);
        var next = HistoryPosition.After(page, query) is { } position ? cursors.Seal(requester.User, list, position.Write()) : null;
        return JsonAnswer.Of((page, granted!.Context, next), static (json, x) => Write(json, x.page, x.Context, x.next));
    }

    private static async Task<IResult> Get(Place? place, string message, HttpContext context, ConversationCalls calls)
    {
        if (place is null || !MessageId.TryParse(message, out var messageId))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        var (granted, problem) = await calls.CheckAccess(place.Stream, requester, context.RequestAborted);
        if (problem is not null)
            return problem;

        var found = await calls.Read(reader => reader.Messages(place.Stream, [messageId], context.RequestAborted), context.RequestAborted);
        return found switch
        {
            null => Problem.Of(ProblemReason.Unavailable),
            [var view] => JsonAnswer.Of((view, granted!.Context), static (json, x) => HistoryItem.WriteCompact(json, x.view, x.Context)),
            _ => Problem.Of(ProblemReason.NotFound),
        };
    }

    private static Problem? Read(IQueryCollection parameters, UserId user, string list, PageCursors cursors, out HistoryQuery query)
    {
        var reader = new QueryReader(parameters);
        var cursor = reader.Text("cursor");
        var before = reader.Integer("before");
        var after = reader.Integer("after");
        var limit = (int)(reader.Integer("limit", 1, PayloadLimits.HistoryItems) ?? PayloadLimits.DefaultHistoryItems);
        var mode = reader.OneOf("mode", ("compact", ReplayMode.Compact), ("full", ReplayMode.Full));
        reader.Exclusive("before", "after", "cursor");
        reader.Exclusive("mode", "cursor");
        query = new HistoryQuery(before, after, limit, mode ?? ReplayMode.Compact);
        if (reader.Refusal is { } refusal)
            return Problem.Of(refusal);
        if (cursor is null)
            return null;
        if (!cursors.TryOpen(user, list, cursor, out var position))
            return Problem.Of(ProblemReason.InvalidCursor);
        query = HistoryPosition.Read(position.Span).Query(limit);
        return null;
    }

    private static void Write(Utf8JsonWriter json, HistoryPage page, TopicContext? context, string? next)
    {
        json.WriteStartObject();
        page.WriteMembers(json, context);
        if (next is not null)
            json.WriteString("next"u8, next);
        json.WriteEndObject();
    }
}
