using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Revocation over a restart, and when the table cannot be read. Each test has a server of its own.</summary>
public sealed class RevocationDurabilityTests : IAsyncLifetime
{
    private readonly ImpatientServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Restart_AfterARevocation_TheTokenStaysRevoked()
    {
        var (token, unknown, good) = (_server.Token("rita"), ForgedTokens.Make(_server, "no iat"), _server.Token("bob"));
        using (var admin = ApiCaller.As(_server, "root", Role.Admin))
        {
            (await admin.PostAsync("users/rita/revoke", null)).Ok();
            (await admin.PostAsync("users/mallory/revoke", null)).Ok();
        }

        await _server.RestartAsync();

        Assert.Equal(401, await StatusAsync(token));
        Assert.Equal(401, await StatusAsync(unknown));
        Assert.Equal(200, await StatusAsync(good));
    }

    [Fact]
    public async Task Table_ThatCannotBeRead_ClosesEveryWayInUntilItCan()
    {
        var token = _server.Token("bob");
        using var open = await PhoenixClient.ConnectWithAsync(_server, token);
        await open.JoinAsync("channel:general");
        _server.Sql("ALTER TABLE revocation RENAME TO gone");
        await UntilAsync(async () => await ReadyAsync() == 503);

        Assert.Equal(503, await StatusAsync(token));
        var request = Handshake.Request(_server, "/socket/websocket?vsn=2.0.0", headers: [$"Authorization: Bearer {token}"]);
        var (head, body) = await Handshake.AnswerAsync(_server, request);
        Assert.Equal((503, "1", ""), (Handshake.StatusOf(head), Handshake.Header(head, "Retry-After"), body));
        Assert.Contains(
            "\"unauthorized\"",
            (await open.PushAsync("channel:general", "access_token", $$"""{"access_token":"{{token}}"}""")).GetRawText(),
            StringComparison.Ordinal);
        // Who is in already goes on: what cannot be read says nothing against them.
        Assert.Equal("ok", (await open.PushAsync("channel:general", "message:send", """{"content":"still here"}""")).GetProperty("status").GetString());

        _server.Sql("ALTER TABLE gone RENAME TO revocation");
        await UntilAsync(async () => await ReadyAsync() == 200);
        Assert.Equal(200, await StatusAsync(token));
    }

    [Fact]
    public async Task Table_ThatCannotBeWritten_IsUnavailableAndRevokesNothing()
    {
        var token = _server.Token("bob");
        _server.Sql(_server.IsPostgres
            ? "ALTER TABLE revocation ADD CONSTRAINT no_room CHECK (false) NOT VALID"
            : "CREATE TRIGGER no_room BEFORE INSERT ON revocation BEGIN SELECT RAISE(FAIL, 'no room'); END");
        using var admin = ApiCaller.As(_server, "root", Role.Admin);
        (await admin.PostAsync("users/bob/revoke", null, "k")).Refused(503, "unavailable");
        Assert.Equal(200, await StatusAsync(token));
        _server.Sql(_server.IsPostgres ? "ALTER TABLE revocation DROP CONSTRAINT no_room" : "DROP TRIGGER no_room");
        (await admin.PostAsync("users/bob/revoke", null, "k")).Ok();
        Assert.Equal(401, await StatusAsync(token));
    }

    private async Task<int> StatusAsync(string token)
    {
        using var caller = ApiCaller.With(_server, token);
        return (await caller.GetAsync("channels/general")).Status;
    }

    private async Task<int> ReadyAsync()
    {
        using var nobody = ApiCaller.With(_server, null);
        return (await nobody.RawAsync("GET", "/health/ready")).Status;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(50, patience.Token);
    }

    private sealed class ImpatientServer : ProductServer
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Auth:RevocationPoll"] = "00:00:00.100",
            ["Auth:RevocationsStaleAfter"] = "00:00:02",
        };
    }
}
