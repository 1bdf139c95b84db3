namespace QuikApp.Bench.Peers.SignalR;

/// <summary>The process of the SignalR peer.</summary>
internal static class SignalRServer
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hub";

    /// <summary>Serves until the parent is gone.</summary>
    public static Task<int> RunAsync(int port)
    {
        var builder = PeerServer.CreateBuilder(port);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<RelayHub>(Path);
        return PeerServer.ServeAsync(app);
    }
}
