using System.Text.Json;
using Akka.Actor;
using QuikApp.Actors.Presence;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Presence as bare sockets see it. Each test has a workspace of its own, and one that sets a status a user of its own.</summary>
public sealed class PresenceTests(PresenceServer server) : IClassFixture<PresenceServer>
{
    private static int _workspaces;
    private readonly string _workspace = $"presence-{Interlocked.Increment(ref _workspaces)}";

    private string Topic => $"presence:{_workspace}";

    [Fact]
    public async Task Join_OfPresence_ListsWhoIsOnlineWithTheirDevices()
    {
        using var desktop = await ConnectAsync("alice", "desktop");
        using var mobile = await ConnectAsync("alice", "mobile");
        using var bob = await ConnectAsync("bob");
        await OnlineAsync("alice", "bob");

        var list = (await bob.JoinAsync(Topic)).GetProperty("presences");

        Assert.Equal(2, list.GetArrayLength());
        AssertJson("""{"userId":"alice","status":"online","device":"desktop","devices":["desktop","mobile"]}""", list[0], without: "since");
        AssertJson("""{"userId":"bob","status":"online","device":"web","devices":["web"]}""", list[1], without: "since");
    }

    [Fact]
    public async Task Event_OfADevice_IsAJoinThenUpdatesThenALeave()
    {
        using var bob = await JoinedAsync("bob");

        using var web = await ConnectAsync("alice");
        AssertEvent("presence:join", """{"userId":"alice","status":"online","device":"web","devices":["web"]}""", await bob.NextAsync(), without: "since");
        using var mobile = await ConnectAsync("alice", "mobile");
        AssertEvent("presence:update", """{"userId":"alice","status":"online","statusText":null,"device":"mobile","devices":["mobile","web"]}""", await bob.NextAsync());
        web.Dispose();
        AssertEvent("presence:update", """{"userId":"alice","status":"online","statusText":null,"devices":["mobile"]}""", await bob.NextAsync());
        var before = DateTimeOffset.UtcNow;
        mobile.Dispose();
        var left = JsonDocument.Parse(await bob.NextAsync()).RootElement;
        Assert.Equal("presence:leave", left[3].GetString());
        Assert.Equal("alice", left[4].GetProperty("userId").GetString());
        // When the socket went, and not when its grace was over.
        Assert.InRange(left[4].GetProperty("lastSeen").GetDateTimeOffset(), before.AddSeconds(-1), DateTimeOffset.UtcNow.AddMilliseconds(-400));
    }

    [Fact]
    public async Task Reconnect_WithinTheGrace_IsNoEvent()
    {
        using var bob = await JoinedAsync("bob");
        var alice = await ConnectAsync("alice");
        Assert.Contains("presence:join", await bob.NextAsync(), StringComparison.Ordinal);

        for (var i = 0; i < 5; i++)
        {
            alice.Dispose();
            alice = await ConnectAsync("alice");
        }

        // Whatever there was to say of alice would come before this.
        await GoneAfterGraceAsync();
        using var carol = await ConnectAsync("carol");
        Assert.Contains("carol", await bob.NextAsync(), StringComparison.Ordinal);
        alice.Dispose();
    }

    [Fact]
    public async Task Status_IsTheNewestVersions_AndEndsByItself()
    {
        using var bob = await JoinedAsync("bob");
        using var alice = await ConnectAsync("sue");
        await bob.NextAsync();

        Set("sue", PresenceStatus.Away, "Lunch", version: 2);
        AssertEvent("presence:update", """{"userId":"sue","status":"away","statusText":"Lunch","devices":["web"]}""", await bob.NextAsync());
        Set("sue", PresenceStatus.DoNotDisturb, "older", version: 1);
        Set("sue", PresenceStatus.DoNotDisturb, null, version: 3, DateTimeOffset.UtcNow.AddSeconds(1));
        AssertEvent("presence:update", """{"userId":"sue","status":"dnd","statusText":null,"devices":["web"]}""", await bob.NextAsync());
        AssertEvent("presence:update", """{"userId":"sue","status":"online","statusText":null,"devices":["web"]}""", await bob.NextAsync());
    }

    [Fact]
    public async Task Invisible_IsALeaveForOthers_AndSeenByTheUserAlone()
    {
        using var bob = await JoinedAsync("bob");
        using var alice = await ConnectAsync("ann");
        await bob.NextAsync();
        await alice.JoinAsync(Topic);

        Set("ann", PresenceStatus.Invisible, null, version: 1);

        var left = JsonDocument.Parse(await bob.NextAsync()).RootElement;
        Assert.Equal("presence:leave", left[3].GetString());
        AssertEvent("presence:update", """{"userId":"ann","status":"invisible","statusText":null,"devices":["web"]}""", await alice.NextAsync());
        using var carol = await JoinedAsync("carol");
        Assert.Equal(["bob", "carol"], await SnapshotAsync("carol"));
        Assert.Equal(["ann", "bob", "carol"], await SnapshotAsync("ann"));

        await bob.NextAsync();
        Set("ann", PresenceStatus.Online, null, version: 2);
        AssertEvent("presence:join", """{"userId":"ann","status":"online","device":"web","devices":["web"]}""", await bob.NextAsync(), without: "since");
    }

    [Fact]
    public async Task Join_InPhoenixFormat_HasTheStateThenDiffs()
    {
        using var bob = await ConnectAsync("bob");
        await OnlineAsync("bob");
        await bob.SendAsync($$"""["1","1","{{Topic}}","phx_join",{"format":"phoenix"}]""");
        Assert.Equal($$$"""["1","1","{{{Topic}}}","phx_reply",{"status":"ok","response":{}}]""", await bob.NextAsync());
        var state = JsonDocument.Parse(await bob.NextAsync()).RootElement;
        Assert.Equal(("1", "presence_state"), (state[0].GetString(), state[3].GetString()));
        var meta = state[4].GetProperty("bob").GetProperty("metas")[0];
        Assert.Matches("^[A-Za-z0-9_-]{16}$", meta.GetProperty("phx_ref").GetString());
        AssertJson("""{"device":"web","status":"online"}""", meta, without: "phx_ref");

        using var alice = await ConnectAsync("amy", "desktop");
        var joined = JsonDocument.Parse(await bob.NextAsync()).RootElement;
        Assert.Equal(JsonValueKind.Null, joined[0].ValueKind);
        Assert.Equal("presence_diff", joined[3].GetString());
        AssertJson("{}", joined[4].GetProperty("leaves"));
        var first = joined[4].GetProperty("joins").GetProperty("amy").GetProperty("metas")[0].GetProperty("phx_ref").GetString();

        Set("amy", PresenceStatus.Away, null, version: 1);
        var updated = JsonDocument.Parse(await bob.NextAsync()).RootElement[4];
        var fresh = updated.GetProperty("joins").GetProperty("amy").GetProperty("metas")[0];
        Assert.Equal(first, fresh.GetProperty("phx_ref_prev").GetString());
        Assert.NotEqual(first, fresh.GetProperty("phx_ref").GetString());
        Assert.Equal(first, updated.GetProperty("leaves").GetProperty("amy").GetProperty("metas")[0].GetProperty("phx_ref").GetString());
    }

    [Theory]
    [InlineData("presence:elsewhere")]
    [InlineData("presence:")]
    [InlineData("presence:no id")]
    public async Task Join_OfAnotherWorkspace_IsUnauthorized(string topic)
    {
        using var alice = await ConnectAsync("alice");
        Assert.Equal(
            $$$"""["1","1","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]""",
            await alice.AskAsync($$"""["1","1","{{topic}}","phx_join",{}]"""));
    }

    [Theory]
    [InlineData("""{"since":0}""", """{"reason":"invalid_payload","detail":"unknown member"}""")]
    [InlineData("""{"mode":"compact"}""", """{"reason":"invalid_payload","detail":"unknown member"}""")]
    [InlineData("""{"format":"xml"}""", """{"reason":"invalid_payload","field":"format","detail":"not of the documented format"}""")]
    public async Task Join_ThatAsksForAPast_IsInvalid(string payload, string refusal)
    {
        using var alice = await ConnectAsync("alice");
        Assert.Equal(
            $$$"""["1","1","{{{Topic}}}","phx_reply",{"status":"error","response":{{{refusal}}}}]""",
            await alice.AskAsync($$"""["1","1","{{Topic}}","phx_join",{{payload}}]"""));
    }

    [Fact]
    public async Task Push_OnPresence_IsRefusedUnlessItIsAToken()
    {
        using var alice = await JoinedAsync("alice");
        foreach (var @event in new[] { "message:send", "typing:start", "history", "presence:update", "presence", "presence_diff", "track" })
            Assert.Equal("""{"status":"error","response":{"reason":"invalid_event"}}""", (await alice.PushAsync(Topic, @event, "{}")).GetRawText());
        var fresh = server.Token("alice", workspace: _workspace);
        Assert.Equal("ok", (await alice.PushAsync(Topic, "access_token", $$"""{"access_token":"{{fresh}}"}""")).GetProperty("status").GetString());
        await alice.NothingElseAsync();
    }

    [Fact]
    public async Task Token_OfAnotherWorkspace_MovesTheUserAndEndsTheTopic()
    {
        using var bob = await JoinedAsync("bob");
        using var alice = await JoinedAsync("alice");
        Assert.Contains("presence:join", await bob.NextAsync(), StringComparison.Ordinal);

        var elsewhere = server.Token("alice", workspace: $"{_workspace}-b");
        await alice.SendAsync($$"""["1","5","{{Topic}}","access_token",{"access_token":"{{elsewhere}}"}]""");
        Assert.Contains("\"ok\"", await alice.NextAsync(), StringComparison.Ordinal);
        Assert.Equal($$$"""["1","1","{{{Topic}}}","phx_close",{}]""", await alice.NextAsync());

        Assert.Contains("presence:leave", await bob.NextAsync(), StringComparison.Ordinal);
        using var carol = await ConnectAsync("carol", workspace: $"{_workspace}-b");
        var list = (await carol.JoinAsync($"presence:{_workspace}-b")).GetProperty("presences");
        Assert.Equal("alice", list[0].GetProperty("userId").GetString());
    }

    [Theory]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("toString")]
    [InlineData("hasOwnProperty")]
    public async Task User_WithANameOfObjectPrototype_IsNotTracked(string user)
    {
        using var bob = await JoinedAsync("bob");
        using var odd = await ConnectAsync(user);
        var reply = await odd.JoinAsync(Topic);
        Assert.False(reply.GetProperty("tracked").GetBoolean());
        Assert.Equal(["bob"], reply.GetProperty("presences").EnumerateArray().Select(item => item.GetProperty("userId").GetString()));
        Set(user, PresenceStatus.Away, null, version: 1);

        using var carol = await ConnectAsync("carol");
        Assert.Contains("carol", await bob.NextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tablet")]
    [InlineData("")]
    [InlineData("Web")]
    [InlineData("web ")]
    public async Task Connect_AsAnotherDevice_Is403(string device)
    {
        using var raw = await Sockets.RawClient.RequestAsync(
            server.Endpoint, Handshake.Request(server, $"/socket/websocket?vsn=2.0.0&device={Uri.EscapeDataString(device)}&token={server.Token("alice")}"));
        Assert.StartsWith("HTTP/1.1 403 ", raw.ResponseHead, StringComparison.Ordinal);
    }

    private async Task<PhoenixClient> ConnectAsync(string user, string? device = null, string? workspace = null) =>
        await PhoenixClient.ConnectWithAsync(
            server, server.Token(user, workspace: workspace ?? _workspace), vsn: device is null ? "2.0.0" : $"2.0.0&device={device}", forwardedFor: user);

    private async Task<PhoenixClient> JoinedAsync(string user)
    {
        var client = await ConnectAsync(user);
        await OnlineAsync(user);
        await client.JoinAsync(Topic);
        return client;
    }

    private void Set(string user, PresenceStatus status, string? text, long version, DateTimeOffset? expiresAt = null) =>
        server.Service<SessionServicesSource>().Current!.Presence.Tell(
            new PresenceMessages.SetStatus(UserId.Parse(user), new UserStatus(status, text, expiresAt, version)), ActorRefs.NoSender);

    private async Task<IReadOnlyList<string>> SnapshotAsync(string viewer) =>
        [.. (await server.Service<IPresences>().Snapshot(WorkspaceId.Parse(_workspace), UserId.Parse(viewer), CancellationToken.None)).Select(p => p.User.Value)];

    private async Task OnlineAsync(params string[] users) =>
        Assert.True(await UntilAsync(async () => users.Except(await SnapshotAsync(users[0])).Any() is false), $"{string.Join(", ", users)} did not come online");

    // A user who goes now is missed when every grace that began before is over.
    private async Task GoneAfterGraceAsync()
    {
        (await ConnectAsync("dave", workspace: $"{_workspace}-c")).Dispose();
        var elsewhere = WorkspaceId.Parse($"{_workspace}-c");
        var dave = UserId.Parse("dave");
        Assert.True(await UntilAsync(async () => (await server.Service<IPresences>().Snapshot(elsewhere, dave, CancellationToken.None)).Count == 0));
    }

    private static async Task<bool> UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                return false;
            await Task.Delay(10);
        }

        return true;
    }

    private void AssertEvent(string name, string payload, string frame, string? without = null)
    {
        var json = JsonDocument.Parse(frame).RootElement;
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, Topic, name), (json[0].ValueKind, json[1].ValueKind, json[2].GetString(), json[3].GetString()));
        AssertJson(payload, json[4], without);
    }

    private static void AssertJson(string expected, JsonElement actual, string? without = null)
    {
        var rest = JsonSerializer.Serialize(actual.EnumerateObject().Where(member => member.Name != without).ToDictionary(member => member.Name, member => member.Value));
        Assert.Equal(expected, rest);
        Assert.True(without is null || actual.TryGetProperty(without, out _), $"{without} is missing");
    }
}
