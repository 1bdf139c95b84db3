using System.Text.Json;
using Akka.Actor;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Workspaces;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;

namespace QuikApp.Host.Api.Presence;

/// <summary>Shows who is online.</summary>
internal static class PresenceEndpoints
{
    /// <summary>Maps the operation.</summary>
    public static void MapPresence(this IEndpointRouteBuilder api) =>
        api.MapRead("/workspaces/{workspace}/presence", List)
            .Describe("listPresence", "Who is online in a workspace", ListQuery.LimitParameter, ListQuery.CursorParameter)
            .Produces<PresenceShape>()
            .Refuses(ProblemReason.InvalidCursor);

    private static async Task<IResult> List(
        string workspace, HttpContext context, ConversationCalls calls, IPresences presences, PageCursors cursors)
    {
        if (!WorkspaceId.TryParse(workspace, out var id))
            return Problem.Of(ProblemReason.NotFound);
        var requester = ConversationCalls.RequesterOf(context.GetAccessToken());
        if (ListQuery.Read(new QueryReader(context.Request.Query), requester.User, $"workspaces/{id.Value}/presence", cursors, out var query) is { } wrong)
            return wrong;
        var (_, problem) = await calls.State<WorkspaceState>(StreamId.Of(id), requester, context.RequestAborted);
        if (problem is not null)
            return problem;

        try
        {
            var all = await presences.Snapshot(id, requester.User, context.RequestAborted);
            var (page, last) = query.Cut(all, presence => presence.User.Value);
            return JsonAnswer.Of((page, next: query.Next(last, cursors)), static (json, x) => Write(json, x.page, x.next));
        }
        catch (AskTimeoutException)
        {
            return Problem.Of(ProblemReason.Unavailable);
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<UserPresence> page, string? next)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var presence in page)
            PresencePayload.WriteItem(json, presence);
        json.WriteEndArray();
        json.WriteBoolean("more"u8, next is not null);
        if (next is not null)
            json.WriteString("next"u8, next);
        json.WriteEndObject();
    }
}
