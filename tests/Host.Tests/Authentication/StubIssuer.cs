using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>A real HTTP server on loopback that publishes keys, or does what such servers do on bad days.</summary>
internal sealed class StubIssuer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private StubIssuer(WebApplication application) => _application = application;

    /// <summary>What every request is answered with.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public int Requests => Volatile.Read(ref _requests);

    public string Address => _application.Urls.Single();

    public static async Task<StubIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StubIssuer(builder.Build());
        stub._application.Run(context =>
        {
            Interlocked.Increment(ref stub._requests);
            return stub.Answer(context);
        });
        await stub._application.StartAsync();
        return stub;
    }

    public void Publish(params string[] keys) => Answer = context => context.Response.WriteAsync(KeySetDocumentTests.Set(keys));

    public void Fail(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
