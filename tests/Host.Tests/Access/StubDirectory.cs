using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace QuikApp.Host.Tests.Access;

/// <summary>A platform's directory: a real Kestrel on loopback that knows who belongs where, and has bad days.</summary>
internal sealed class StubDirectory : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<(string User, string Workspace), string> _members = new();
    private int _atOnce;

    private StubDirectory(WebApplication application) => _application = application;

    /// <summary>Where it is asked.</summary>
    public string Address => $"{_application.Urls.Single()}/membership";

    /// <summary>What it must be told by whoever asks.</summary>
    public required string Secret { get; init; }

    /// <summary>The bodies of all requests, in order.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    /// <summary>The most questions that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>What it does instead of answering; null on good days.</summary>
    public Func<HttpContext, Task>? BadDay { get; set; }

    public static async Task<StubDirectory> StartAsync(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StubDirectory(builder.Build()) { Secret = secret };
        stub._application.Run(stub.AnswerAsync);
        await stub._application.StartAsync();
        return stub;
    }

    /// <summary>Has a user in a workspace; with a role where one is given.</summary>
    public void Admit(string workspace, string user, string role = "") => _members[(user, workspace)] = role;

    /// <summary>Has them there no more.</summary>
    public void Dismiss(string workspace, string user) => _members.TryRemove((user, workspace), out _);

    /// <summary>How often it was asked about a user.</summary>
    public int AskedAbout(string user) => Questions.Count(question => question.Contains($"\"user\":\"{user}\"", StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var question = await reader.ReadToEndAsync();
            Questions.Enqueue(question);
            if (BadDay is { } bad)
                await bad(context);
            else
                await AnswerAsync(context, JsonDocument.Parse(question).RootElement);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private Task AnswerAsync(HttpContext context, JsonElement question)
    {
        // As strict as a directory should be with a stranger.
        if (context.Request.Method != "POST" || context.Request.Headers.Authorization != $"Bearer {Secret}" || context.Request.ContentType != "application/json")
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        }

        var (user, workspace) = (question.GetProperty("user").GetString()!, question.GetProperty("workspace").GetString()!);
        // Those who watch over every test.
        if (user == "canary" || user.StartsWith("singer-", StringComparison.Ordinal))
            return context.Response.WriteAsync("""{"member":true}""");
        return context.Response.WriteAsync(!_members.TryGetValue((user, workspace), out var role) ? """{"member":false}"""
            : role.Length == 0 ? """{"member":true}"""
            : $$"""{"member":true,"role":"{{role}}"}""");
    }
}
