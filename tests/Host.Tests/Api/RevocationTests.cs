using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Tokens that are taken back: by every way in, within the promised time, on other nodes too.</summary>
[Collection(ApiServerTests.Name)]
public sealed class RevocationTests(ApiServer server)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    [Fact]
    public Task Revoke_ByAnAdministrator_EndsEveryWayInAndClosesWhatIsOpen() => server.UnharmedAsync(async () =>
    {
        var token = server.Token("rita");
        using var desk = await PhoenixClient.ConnectWithAsync(server, token);
        using var phone = await PhoenixClient.ConnectWithAsync(server, token);
        using var other = await PhoenixClient.ConnectAsync(server, "bob");
        await desk.JoinAsync("channel:general");
        using var rita = ApiCaller.With(server, token);
        (await rita.GetAsync("channels/general")).Ok();

        using var admin = ApiCaller.As(server, "root", Role.Admin);
        var watch = Stopwatch.StartNew();
        var answer = (await admin.PostAsync("users/rita/revoke", null)).Ok();
        Assert.Equal("rita", answer.Json.GetProperty("userId").GetString());
        Assert.Equal(4401, await desk.ClosedAsync());
        Assert.Equal(4401, await phone.ClosedAsync());
        Assert.True(watch.Elapsed < Promised, $"{watch.Elapsed}");

        (await rita.GetAsync("channels/general")).Refused(401, "unauthorized");
        Assert.Equal(403, await HandshakeAsync(token));
        await other.JoinAsync("channel:general");
        Assert.Contains("\"unauthorized\"", (await other.PushAsync("channel:general", "access_token", $$"""{"access_token":"{{token}}"}""")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"unauthorized\"", await other.AskAsync($$"""["7","7","channel:random","phx_join",{"access_token":"{{token}}"}]"""), StringComparison.Ordinal);
        await other.NothingElseAsync();

        using var anew = ApiCaller.With(server, await NewTokenAsync("rita"));
        (await anew.GetAsync("channels/general")).Ok();
    });

    [Fact]
    public Task Revoke_SocketThatWasRefreshedSince_Stays() => server.UnharmedAsync(async () =>
    {
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        (await admin.PostAsync("users/fred/revoke", null)).Ok();
        using var socket = await PhoenixClient.ConnectWithAsync(server, await NewTokenAsync("fred"));
        await socket.JoinAsync("channel:general");
        // Read again and again meanwhile, the entry ends nothing that came after it.
        await server.Service<TokenRevocations>().Refresh(CancellationToken.None);
        await socket.NothingElseAsync();
    });

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Auditor)]
    public Task Revoke_OfSomebodyElse_IsForAdministrators(Role role) => server.UnharmedAsync(async () =>
    {
        using var caller = ApiCaller.As(server, "mallory", role);
        foreach (var user in new[] { "alice", "nosuch", "Mallory" })
            (await caller.PostAsync($"users/{user}/revoke", null)).Refused(403, "forbidden");
        (await caller.PostAsync("users/mallory/disconnect", null)).Refused(403, "forbidden");
    });

    [Fact]
    public Task Revoke_OfOneself_IsAllowed() => server.UnharmedAsync(async () =>
    {
        using var sam = ApiCaller.As(server, "sam");
        (await sam.PostAsync("users/sam/revoke", null)).Ok();
        (await sam.GetAsync("channels/general")).Refused(401, "unauthorized");
    });

    [Fact]
    public Task Revoke_TwiceWithOneKey_IsOneRevocation() => server.UnharmedAsync(async () =>
    {
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        using var second = ApiCaller.As(server, "root2", Role.Admin);
        var first = (await admin.PostAsync("users/tom/revoke", null, "key-1")).Ok();
        var fresh = await NewTokenAsync("tom");
        Assert.Equal(first.Whole, (await admin.PostAsync("users/tom/revoke", null, "key-1")).Whole);
        using var tom = ApiCaller.With(server, fresh);
        (await tom.GetAsync("channels/general")).Ok();
        (await admin.PostAsync("users/tim/revoke", null, "key-1")).Refused(409, "idempotency_conflict");
        (await admin.PostAsync("users/tom/disconnect", null, "key-1")).Refused(409, "idempotency_conflict");

        // Another administrator's key is another key.
        Assert.NotEqual(first.Body, (await second.PostAsync("users/tom/revoke", null, "key-1")).Ok().Body);
        (await tom.GetAsync("channels/general")).Refused(401, "unauthorized");
    });

    [Theory]
    [InlineData("not%20an%20id")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public Task Revoke_OfWhatIsNoId_IsNotFound(string user) => server.UnharmedAsync(async () =>
    {
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        (await admin.PostAsync($"users/{user}/revoke", null)).Refused(404, "not_found");
        (await admin.PostAsync($"users/{user}/disconnect", null)).Refused(404, "not_found");
    });

    [Fact]
    public Task Revoke_WithABody_IsRefused() => server.UnharmedAsync(async () =>
    {
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        (await admin.PostAsync("users/alice/revoke", """{"before":"2020-01-01T00:00:00Z"}""")).Refused(400, "invalid_payload");
    });

    [Fact]
    public Task Revoke_TokenOfUnknownAge_CountsAsOlder() => server.UnharmedAsync(async () =>
    {
        var token = ForgedTokens.Make(server, "no iat");
        using var mallory = ApiCaller.With(server, token);
        (await mallory.GetAsync("channels/general")).Ok();
        using var socket = await PhoenixClient.ConnectWithAsync(server, token);
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        (await admin.PostAsync("users/mallory/revoke", null)).Ok();
        Assert.Equal(4401, await socket.ClosedAsync());
        (await mallory.GetAsync("channels/general")).Refused(401, "unauthorized");

        // However long ago: such a token may have been made before, and lie about until now.
        var later = Node(new LaterTime(TimeSpan.FromDays(40)));
        await later.Refresh(CancellationToken.None);
        Assert.True(await later.IsRevoked(Unknown("mallory")));
        Assert.False(await later.IsRevoked(Unknown("nosuch")));
    });

    [Fact]
    public Task Revoke_OnAnotherNode_IsHeardOfByReadingTheTable() => server.UnharmedAsync(async () =>
    {
        var token = server.Token("nora");
        using var socket = await PhoenixClient.ConnectWithAsync(server, token);
        var other = Node(TimeProvider.System);
        var watch = Stopwatch.StartNew();
        await other.Add(RevocationKind.Tokens, UserId.Parse("nora"), request: null, CancellationToken.None);
        Assert.Equal(4401, await socket.ClosedAsync());
        Assert.True(watch.Elapsed < Promised, $"{watch.Elapsed}");
        Assert.Equal(403, await HandshakeAsync(token));
    });

    [Fact]
    public Task Disconnect_ByAnAdministrator_ClosesAndTheSameTokenComesBack() => server.UnharmedAsync(async () =>
    {
        var token = server.Token("dora");
        using var here = await PhoenixClient.ConnectWithAsync(server, token);
        using var bob = await PhoenixClient.ConnectAsync(server, "bob");
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        var answer = (await admin.PostAsync("users/dora/disconnect", null, "bye")).Ok();
        Assert.Equal(1001, await here.ClosedAsync());

        using var back = await PhoenixClient.ConnectWithAsync(server, token);
        Assert.Equal(answer.Whole, (await admin.PostAsync("users/dora/disconnect", null, "bye")).Whole);
        await server.Service<TokenRevocations>().Refresh(CancellationToken.None);
        await back.NothingElseAsync();
        await bob.NothingElseAsync();

        await Node(TimeProvider.System).Add(RevocationKind.Connections, UserId.Parse("dora"), request: null, CancellationToken.None);
        Assert.Equal(1001, await back.ClosedAsync());
    });

    [Fact]
    public Task Revoke_SessionThatOpensMeanwhile_IsEndedToo() => server.UnharmedAsync(async () =>
    {
        // The token was checked before, the session is taken up after: the one moment in which nobody looks at it.
        var revocations = server.Service<TokenRevocations>();
        var late = new Late(new AccessToken
        {
            UserId = UserId.Parse("lara"),
            Workspaces = FrozenSet<WorkspaceId>.Empty,
            Role = Role.Member,
            ExpiresAt = DateTimeOffset.UtcNow.AddHours(1),
            IssuedAt = DateTimeOffset.UtcNow.AddMinutes(-1),
        });
        await revocations.Add(RevocationKind.Tokens, UserId.Parse("lara"), request: null, CancellationToken.None);
        revocations.Track(late);
        Assert.Equal(4401, late.Code);
        revocations.Untrack(late);
    });

    [Fact]
    public async Task Table_OfRevocations_NamesNobody()
    {
        await server.UnharmedAsync(async () =>
        {
            using var admin = ApiCaller.As(server, "root", Role.Admin);
            (await admin.PostAsync("users/veronika/revoke", null, "veronika-key")).Ok();
        });
        var rows = (string)server.Sql(server.IsPostgres
            ? "SELECT string_agg(revocation::text, ',') FROM revocation"
            : "SELECT group_concat(quote(id) || quote(kind) || quote(subject) || quote(revoked_before) || quote(created) || quote(request)) FROM revocation")!;
        Assert.Contains(server.IsPostgres ? @"\x" : "X'", rows, StringComparison.Ordinal);
        foreach (var text in new[] { "veronika", "root" })
            Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text)), rows, StringComparison.OrdinalIgnoreCase);
    }

    private static AccessToken Unknown(string user) => new()
    {
        UserId = UserId.Parse(user),
        Workspaces = FrozenSet<WorkspaceId>.Empty,
        Role = Role.Member,
        ExpiresAt = DateTimeOffset.MaxValue,
    };

    // A node of its own over the same database: it tells the server nothing.
    private TokenRevocations Node(TimeProvider time) =>
        new(server.Service<IRevocationStore>(), server.Service<IKeyStore>(), server.Service<IOptions<AuthOptions>>(), time);

    private async Task<int> HandshakeAsync(string token)
    {
        var request = Handshake.Request(server, "/socket/websocket?vsn=2.0.0", headers: [$"Authorization: Bearer {token}"]);
        return Handshake.StatusOf((await Handshake.AnswerAsync(server, request)).Head);
    }

    // Tokens count whole seconds, and one of the same second counts as older: a new one is good from the next second on.
    private async Task<string> NewTokenAsync(string user)
    {
        while (true)
        {
            var token = server.Token(user);
            using var caller = ApiCaller.With(server, token);
            if ((await caller.GetAsync("channels/general")).Status == 200)
                return token;
            await Task.Delay(50);
        }
    }

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed class Late(AccessToken token) : ILiveToken
    {
        public AccessToken Token => token;

        public int Code { get; private set; }

        public void End(int code, string reason) => Code = code;
    }
}
