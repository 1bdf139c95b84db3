using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using QuikApp.Host.Health;
using QuikApp.Host.Sockets;
using QuikApp.Host.Telemetry;

namespace QuikApp.Host.Configuration;

/// <summary>The frame of the host: configuration, logging, listeners, health, metrics. Features add themselves to it.</summary>
internal static class HostBuilding
{
    /// <summary>How long running work may take to end after a stop was asked for: ten seconds for the sockets, the rest to hand conversations over.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    /// <summary>A client that has not sent its whole request head by then holds a connection for nothing.</summary>
    private static readonly TimeSpan RequestHeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Starts a host on <paramref name="configuration"/>; nothing is checked yet.</summary>
    /// <param name="configuration">What the sources said.</param>
    /// <param name="logToStandardError">True for verbs whose result goes to standard output.</param>
    public static WebApplicationBuilder CreateBuilder(LoadedConfiguration configuration, bool logToStandardError = false)
    {
        // The empty builder brings no sources of its own: ours are the only ones, in our order.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HostBuilding).Assembly.GetName().Name,
            EnvironmentName = configuration.EnvironmentName,
            ContentRootPath = configuration.ContentRoot,
        });
        builder.Configuration.Sources.Clear();
        configuration.AddTo(builder.Configuration);
        builder.Logging.AddQuikAppLogging(builder.Configuration, builder.Environment, logToStandardError);
        builder.WebHost.UseKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = RequestHeadersTimeout;
            kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
            kestrel.Configure(context.Configuration.GetSection("Kestrel"));
        });
        // A frame for an idle socket leaves by a system call on the thread that has it, instead of waking another one: nothing
        // blocks on these threads. Measured in docs/benchmarks.md.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.CreateBoundListenSocket = ListenSocket.Create;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRouting();
        builder.Services.AddFrameOptions();
        builder.Services.AddQuikAppHealth();
        builder.Services.AddQuikAppTelemetry();
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts =
            [.. (builder.Configuration["AllowedHosts"] ?? "*").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
        return builder;
    }

    /// <summary>Puts the frame's middleware and endpoints first in the pipeline.</summary>
    public static void UseFrame(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.TrustedProxies;
        if (proxies.Count > 0)
            app.UseForwardedHeaders(Forwarding(proxies));

        app.UseHostFiltering();
        app.MapQuikAppHealth();
        app.MapQuikAppTelemetry();
    }

    private static ForwardedHeadersOptions Forwarding(IEnumerable<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };

        // The defaults believe anyone on this machine.
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return options;
    }
}
