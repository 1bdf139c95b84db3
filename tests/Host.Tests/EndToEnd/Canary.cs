namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A client that does nothing wrong, in a channel of its own, on the same server as the attackers.</summary>
internal sealed class Canary : IDisposable
{
    private readonly ProductServer _server;
    private readonly PhoenixClient _listener;
    private readonly string _topic;
    private int _heard;

    private Canary(ProductServer server, PhoenixClient listener, string topic)
    {
        _server = server;
        _listener = listener;
        _topic = topic;
    }

    /// <summary>Connects and joins.</summary>
    public static async Task<Canary> ListenAsync(ProductServer server)
    {
        var channel = await server.ChannelAsync();
        var listener = await PhoenixClient.ConnectAsync(server, "canary");
        await listener.JoinAsync($"channel:{channel}");
        return new Canary(server, listener, $"channel:{channel}");
    }

    /// <summary>Somebody new writes to the channel; the canary's next frame must be that message and no other.</summary>
    public async Task HearsAsync()
    {
        // It is alive, nothing else was on its way to it, and it does not fall silent for too long.
        await _listener.NothingElseAsync();
        var text = $"song-{++_heard}";
        using var singer = await PhoenixClient.ConnectAsync(_server, $"singer-{_heard}");
        await singer.JoinAsync(_topic);
        await singer.SendAsync($$"""["1","2","{{_topic}}","message:send",{"content":"{{text}}"}]""");
        var heard = await _listener.NextAsync();
        Assert.Contains("\"message:new\"", heard, StringComparison.Ordinal);
        Assert.Contains(text, heard, StringComparison.Ordinal);
    }

    public void Dispose() => _listener.Dispose();
}
