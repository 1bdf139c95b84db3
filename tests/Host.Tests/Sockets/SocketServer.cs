using System.Collections.Concurrent;
using System.Net;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuikApp.Host.Sockets;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>A Kestrel on 127.0.0.1 with an echo session at <c>/socket</c>, real streams and a real, quick sweeper.</summary>
public sealed class SocketServer : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("sockets", "akka.loglevel = OFF\nakka.stdout-loglevel = OFF");
    private WebApplication? _app;

    /// <summary>HTTP/1.1.</summary>
    public IPEndPoint Endpoint { get; private set; } = null!;

    /// <summary>HTTP/2 without TLS.</summary>
    public IPEndPoint Http2Endpoint { get; private set; } = null!;

    internal SocketOptions Options { get; } = new() { SweepPeriod = TimeSpan.FromMilliseconds(100), FaultLinger = TimeSpan.FromMilliseconds(200) };

    /// <summary>Every connection so far, by the query of its request.</summary>
    internal ConcurrentDictionary<string, SocketConnection> Connections { get; } = new();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<LiveSockets>();
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        builder.Services.AddHostedService<ConnectionSweeper>();
        _app = builder.Build();

        var materializer = _system.Materializer();
        var sockets = _app.Services.GetRequiredService<LiveSockets>();
        _app.Map("/socket", async context =>
        {
            var protocol = context.Request.Query["protocol"].FirstOrDefault();
            var connection = await WebSocketUpgrade.AcceptAsync(context, protocol, Options, TimeProvider.System);
            if (connection is null)
                return;

            sockets.Track(connection);
            Connections[context.Request.QueryString.Value ?? ""] = connection;
            await Source.FromGraph(new SocketSource(connection)).To(new EchoSession(connection)).Run(materializer);
        });
        await _app.StartAsync();

        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Endpoint = IPEndPoint.Parse(new Uri(addresses[0]).Authority);
        Http2Endpoint = IPEndPoint.Parse(new Uri(addresses[1]).Authority);
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _system.Terminate();
    }
}
