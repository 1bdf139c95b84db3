using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using QuikApp.Host.Api.Channels;
using QuikApp.Host.Api.Cluster;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Limits;
using QuikApp.Host.Api.Members;
using QuikApp.Host.Api.Messages;
using QuikApp.Host.Api.Presence;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Api.Threads;
using QuikApp.Host.Api.Users;
using QuikApp.Host.Api.Workspaces;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Api;

/// <summary>The way of a request to <c>/api</c>: headers, faults, limit of the address, token, limit of the user, operation.</summary>
internal static class ApiPipeline
{
    /// <summary>The path before every operation.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>Adds the middleware and maps the operations.</summary>
    public static void MapQuikAppApi(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value;
        app.UseWhen(IsApi, api =>
        {
            api.Use(SetHeaders);
            api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = OnException, AllowStatusCode404Response = true });
            api.UseStatusCodePages(OnBareStatus);
            api.UseRateLimiter(RequestLimits.OfAddress(limits));
            api.Use(RequireRevocations);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(IsApi, api => api.UseRateLimiter(RequestLimits.OfUser(limits)));

        app.MapApiDocument();
        var operations = app.MapGroup(Prefix).RequireAuthorization();
        operations.AddEndpointFilter(new StrictRequestFilter());
        operations.MapGroup("").WithTags("workspaces").MapWorkspaceCreation();
        operations.MapGroup("").WithTags("workspaces").MapWorkspaces();
        operations.MapGroup("").WithTags("workspaces").MapAnnouncements();
        operations.MapGroup("").WithTags("workspaces").MapPresence();
        operations.MapGroup("").WithTags("members").MapWorkspaceMembers();
        operations.MapGroup("").WithTags("channels").MapChannelCreation();
        operations.MapGroup("").WithTags("channels").MapChannelList();
        operations.MapGroup("").WithTags("channels").MapChannels();
        operations.MapGroup("").WithTags("members").MapMembers();
        operations.MapGroup("").WithTags("threads").MapThreads();
        operations.MapGroup("").WithTags("messages").MapHistory();
        operations.MapGroup("").WithTags("messages").MapMessages();
        operations.MapGroup("").WithTags("messages").MapReactions();
        operations.MapGroup("").WithTags("users").MapUsers();
        operations.MapGroup("").WithTags("users").MapUserConversations();
        operations.MapGroup("").WithTags("cluster").MapCluster();
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    // What one caller may see is for no cache, and no browser guesses at what it is.
    private static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        });
        return next(context);
    }

    // Without knowing which tokens were taken back, none can be accepted: that is for nobody to mend but us.
    private static Task RequireRevocations(HttpContext context, RequestDelegate next) =>
        context.RequestServices.GetRequiredService<IRevocations>().IsCurrent
            ? next(context)
            : Problem.Of(ProblemReason.Unavailable).WriteAsync(context.Response);

    private static Task OnException(HttpContext context)
    {
        var refused = context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad ? Problem.OfStatus(bad.StatusCode) : null;
        return (refused ?? Problem.Of(ProblemReason.Internal)).WriteAsync(context.Response);
    }

    // Routing answers with a bare status where a path or a method is none of ours.
    private static Task OnBareStatus(StatusCodeContext context) =>
        Problem.OfStatus(context.HttpContext.Response.StatusCode) is { } problem
            ? problem.WriteAsync(context.HttpContext.Response)
            : Task.CompletedTask;
}
