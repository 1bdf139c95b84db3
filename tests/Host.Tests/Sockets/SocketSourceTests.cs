using System.Text;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Sockets;

public sealed class SocketSourceTests(SocketServer server) : IClassFixture<SocketServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Messages_OfAllKinds_AreAnswered()
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(
            ClientFrames.Text("one"),
            ClientFrames.Text("tw", fin: false),
            ClientFrames.Ping("p"),
            ClientFrames.Frame(0, "o"u8.ToArray()),
            ClientFrames.Binary(new byte[65_536]));

        Assert.Equal("one", await ReadTextAsync(client));
        Assert.Equal((0x8A, "p"), await ReadAsync(client));
        Assert.Equal("two", await ReadTextAsync(client));
        var large = await client.ReadFrameAsync();
        Assert.Equal(0x82, large!.Value.First);
        Assert.Equal(65_536, large.Value.Payload.Length);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4000)]
    public async Task Close_ByTheClient_IsEchoedAndTheConnectionEnds(int code)
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint, $"?close={code}");
        await client.SendAsync(ClientFrames.Close(code));

        Assert.Equal(code, await client.ReadCloseAsync());
        Assert.Null(await client.ReadFrameAsync());
        Assert.Equal(new SocketEnd(SocketEndKind.PeerClosed, code), await EndAsync($"?close={code}"));
    }

    [Fact]
    public async Task Close_WithoutCode_IsEchoedWithoutCode()
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(ClientFrames.Close());

        Assert.Equal(CloseCode.NoStatus, await client.ReadCloseAsync());
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task HangUp_WithoutClose_IsLost()
    {
        using (await RawClient.ConnectAsync(server.Endpoint, "?hang-up"))
        {
        }

        Assert.Equal(SocketEndKind.Lost, (await EndAsync("?hang-up")).Kind);
    }

    [Theory]
    [InlineData("810161", 1002)]
    [InlineData("C18000000000", 1002)]
    [InlineData("838000000000", 1002)]
    [InlineData("81810000 0000FF", 1007)]
    [InlineData("82FF0000010000000000", 1009)]
    [InlineData("82FF8000000000000000", 1002)]
    public async Task Violation_OfAnyRule_IsAnsweredWithItsCode(string hex, int code)
    {
        var query = $"?fault={hex.Replace(" ", "", StringComparison.Ordinal)}";
        using var client = await RawClient.ConnectAsync(server.Endpoint, query);
        await client.SendAsync(ClientFrames.Text("before"), Convert.FromHexString(query[7..]));

        Assert.Equal("before", await ReadTextAsync(client));
        Assert.Equal(code, await client.ReadCloseAsync());
        Assert.Null(await client.ReadFrameAsync());
        Assert.Equal(new SocketEnd(SocketEndKind.ServerClosed, code), await EndAsync(query));
    }

    [Fact]
    public async Task Fragments_65_AreAnsweredWith1008()
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync([ClientFrames.Text("x", fin: false), .. Enumerable.Repeat(ClientFrames.Frame(0, [], fin: false), 64)]);

        Assert.Equal(CloseCode.PolicyViolation, await client.ReadCloseAsync());
    }

    [Theory]
    [InlineData("complete", CloseCode.GoingAway)]
    [InlineData("fail", CloseCode.InternalError)]
    public async Task Session_ThatEnds_ClosesTheSocket(string message, int code)
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint, $"?session={message}");
        await client.SendAsync(ClientFrames.Text(message));

        Assert.Equal(code, await client.ReadCloseAsync());
        await client.SendAsync(ClientFrames.Close(code));
        Assert.Null(await client.ReadFrameAsync());
        Assert.Equal(new SocketEnd(SocketEndKind.ServerClosed, code), await EndAsync($"?session={message}"));
    }

    [Fact]
    public async Task Close_ByTheServer_SendsWhatIsQueuedBefore()
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint, "?server-close");
        var connection = await ConnectionAsync("?server-close");
        var frames = Enumerable.Range(0, 50).Select(i => WireFrame.Text(Encoding.ASCII.GetBytes($"{i}"))).ToArray();
        connection.Outbox.TryEnqueue(frames);
        connection.Close(CloseCode.ServiceRestart, "node leaves");

        for (var i = 0; i < frames.Length; i++)
            Assert.Equal($"{i}", await ReadTextAsync(client));
        Assert.Equal(CloseCode.ServiceRestart, await client.ReadCloseAsync());
        await client.SendAsync(ClientFrames.Close(CloseCode.ServiceRestart));
        Assert.Null(await client.ReadFrameAsync());
        Assert.Equal(new SocketEnd(SocketEndKind.ServerClosed, CloseCode.ServiceRestart), await EndAsync("?server-close"));
    }

    [Fact]
    public async Task IdleSocket_HoldsNoBuffer()
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint, "?idle");
        await client.SendAsync(ClientFrames.Text("one"));
        Assert.Equal("one", await ReadTextAsync(client));
        var connection = await ConnectionAsync("?idle");

        Assert.True(SpinWait.SpinUntil(() => connection.IsReading && !connection.HoldsBuffer && !connection.Outbox.HoldsArray, Patience));
    }

    internal static async Task<string> ReadTextAsync(RawClient client)
    {
        var (first, text) = await ReadAsync(client);
        Assert.Equal(0x81, first);
        return text;
    }

    private static async Task<(int First, string Text)> ReadAsync(RawClient client)
    {
        var frame = (await client.ReadFrameAsync())!.Value;
        return (frame.First, Encoding.UTF8.GetString(frame.Payload));
    }

    private async Task<SocketConnection> ConnectionAsync(string query)
    {
        SocketConnection? connection = null;
        Assert.True(SpinWait.SpinUntil(() => server.Connections.TryGetValue(query, out connection), Patience));
        await Task.CompletedTask;
        return connection!;
    }

    private async Task<SocketEnd> EndAsync(string query) =>
        await (await ConnectionAsync(query)).Completion.WaitAsync(Patience);
}
