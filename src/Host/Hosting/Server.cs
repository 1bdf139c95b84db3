using Microsoft.Extensions.Options;
using QuikApp.Actors.Storage;
using QuikApp.Host.Access;
using QuikApp.Host.Api;
using QuikApp.Host.AsyncApi;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.CommandLine;
using QuikApp.Host.Configuration;
using QuikApp.Host.Health;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Hosting;

/// <summary>The product as one composition: what every verb of the program runs on.</summary>
internal static class Server
{
    private static readonly TimeSpan BannerTokenLifetime = TimeSpan.FromHours(8);

    /// <summary>Everything that the features give to the host.</summary>
    public static HostComposition Composition { get; } = new()
    {
        AddServices = AddServices,
        MapEndpoints = MapEndpoints,
        Tokens = Tokens,
        Migrate = services => services.GetRequiredService<IStorageBackend>().Migrate(),
        Started = Greet,
        Explain = Explain,
    };

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(p => new DataDirectory(p.GetRequiredService<IOptions<StorageOptions>>().Value
            .DirectoryOf(p.GetRequiredService<IHostEnvironment>().ContentRootPath)));
        services.AddQuikAppSecrets();
        services.AddQuikAppAuthentication();
        services.AddQuikAppStorage();
        services.AddQuikAppRevocation();
        services.AddQuikAppAccess();
        services.AddQuikAppActors();
        services.AddQuikAppSessions();
        services.AddQuikAppApi();
        services.AddQuikAppLongPoll();
        services.AddQuikAppAsyncApi();
        services.AddSingleton<DemoWorkspace>();
        services.AddHostedService(p => p.GetRequiredService<DemoWorkspace>());
        services.AddHealthChecks().AddCheck<RealtimeCheck>(
            "realtime", tags: [HealthEndpoints.ReadyTag], timeout: HealthEndpoints.CheckTimeout);
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapQuikAppApi();
        app.MapQuikAppSockets();
        app.MapQuikAppLongPoll();
        app.MapQuikAppAsyncApi();
    }

    private static Func<TokenRequest, string> Tokens(IServiceProvider services)
    {
        var issuer = services.GetRequiredService<TokenIssuer>();
        return request => issuer.Issue(request.User, [request.Workspace], RoleOf(request), request.Lifetime);
    }

    // The command line has checked the name against the same list.
    private static Protocol.Identity.Role RoleOf(TokenRequest request) =>
        RoleNames.TryParse(request.Role, out var role) ? role : throw new ArgumentException($"no such role: {request.Role}", nameof(request));

    // A newcomer's server says how to enter; a production server says where it is and nothing more.
    private static async Task Greet(WebApplication app, TextWriter output)
    {
        // What the banner proposes to try must work when it is read.
        try
        {
            await app.Services.GetRequiredService<DemoWorkspace>().Ready.WaitAsync(app.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to stop before it was up: there is nobody to greet.
            return;
        }

        var isDemo = app.Environment.IsDevelopment() && app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled == true;
        var issuer = app.Services.GetRequiredService<TokenIssuer>();
        var tokens = isDemo && issuer.Obstacle is null
            ? DemoWorkspace.Users.Select(user => KeyValuePair.Create(
                user.Value, issuer.Issue(user, [DemoWorkspace.Id], Protocol.Identity.Role.Member, BannerTokenLifetime)))
            : [];
        var url = app.Urls.First();
        new StartBanner([.. app.Urls], [.. tokens], $"curl -i {url}/health/ready").Write(
            output,
            StartBanner.HasColour(
                Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM")));
    }

    private static ConfigurationProblem? Explain(Exception error) =>
        error is StorageRefusedException ? new ConfigurationProblem("Storage:ConnectionString", error.Message) : null;
}
