using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Workspaces over HTTP: created, listed, shown, renamed, archived, and told something.</summary>
[Collection(ApiServerTests.Name)]
public sealed class WorkspaceOperationTests(ApiServer server)
{
    [Fact]
    public async Task Create_WithAnId_IsThereForWhoseTokenNamesIt()
    {
        var workspace = await ApiWorkspace.MakeAsync(server);
        using var root = workspace.As("root", Role.Admin);
        var shown = (await root.GetAsync(workspace.Path)).Ok();
        Assert.Equal(["id", "name", "archived", "createdAt"], shown.Json.EnumerateObject().Select(p => p.Name));

        // To say it again is to be told the same, after it was renamed too.
        var again = (await root.PostAsync("workspaces", $$"""{"id":"{{workspace.Id}}","name":"Acme"}""")).Ok(201);
        Assert.Equal($"/api/v1/{workspace.Path}", again.Header("Location"));
        Assert.Equal(shown.Body, again.Body);
        (await root.PatchAsync(workspace.Path, """{"name":"Acme Corp"}""")).Ok();
        Assert.Equal(again.Whole, (await root.PostAsync("workspaces", $$"""{"id":"{{workspace.Id}}","name":"Acme"}""")).Whole);

        (await root.PostAsync("workspaces", $$"""{"id":"{{workspace.Id}}","name":"Other"}""")).Refused(409, "already_exists");
        using var second = workspace.As("root2", Role.Admin);
        (await second.PostAsync("workspaces", $$"""{"id":"{{workspace.Id}}","name":"Acme"}""")).Refused(409, "already_exists");
        (await root.PostAsync("workspaces", $$"""{"id":"{{workspace.Id}}","name":"Acme"}""", "k")).Refused(400, "invalid_payload", "id");
    }

    [Fact]
    public async Task Create_WithAKey_MakesOneWorkspaceAndItsId()
    {
        using var root = ApiCaller.As(server, "root", Role.Admin);
        using var second = ApiCaller.As(server, "root2", Role.Admin);
        const string Body = """{"name":"Acme"}""";
        var first = (await root.PostAsync("workspaces", Body, "acme-1")).Ok(201);
        Assert.StartsWith("w_", first.Json.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(first.Whole, (await root.PostAsync("workspaces", Body, "acme-1")).Whole);
        (await root.PostAsync("workspaces", """{"name":"Emca"}""", "acme-1")).Refused(409, "idempotency_conflict");
        Assert.NotEqual(first.Body, (await second.PostAsync("workspaces", Body, "acme-1")).Ok(201).Body);
        Assert.NotEqual(first.Body, (await root.PostAsync("workspaces", Body)).Ok(201).Body);
    }

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Auditor)]
    public async Task Create_ByAnybodyButAdministrators_IsForbidden(Role role)
    {
        using var caller = ApiCaller.As(server, "alice", role);
        (await caller.PostAsync("workspaces", """{"name":"Mine"}""")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task List_ShowsThoseOfTheTokenThatExist()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await ApiWorkspace.MakeAsync(server)).Id);
        var token = server.Planted(server.Service<QuikApp.Host.Authentication.TokenIssuer>().Issue(
            UserId.Parse("lister"), [.. ids.Append("nowhere").Select(WorkspaceId.Parse)], Role.Member, TimeSpan.FromHours(1)));
        using var caller = ApiCaller.With(server, token);

        var whole = (await caller.GetAsync("workspaces")).Ok().Json;
        Assert.Equal(ids.Order(StringComparer.Ordinal), whole.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
        Assert.False(whole.GetProperty("more").GetBoolean());
        Assert.Equal(ids.Order(StringComparer.Ordinal), await caller.ListAsync("workspaces", "id", limit: 1));

        // Whoever was put out of one has it in no list.
        using (var root = ApiCaller.As(server, "root", Role.Admin, ids[1]))
            (await root.DeleteAsync($"workspaces/{ids[1]}/members/lister")).Ok();
        Assert.DoesNotContain(ids[1], await caller.ListAsync("workspaces", "id"));
        (await caller.GetAsync($"workspaces/{ids[1]}")).Refused(404, "not_found");
    }

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Auditor)]
    public async Task Change_ByAnybodyButAdministrators_IsForbidden(Role role)
    {
        var workspace = await ApiWorkspace.MakeAsync(server);
        using var caller = workspace.As("alice", role);
        (await caller.PatchAsync(workspace.Path, """{"name":"Mine"}""")).Refused(403, "forbidden");
        (await caller.PatchAsync(workspace.Path, """{"archived":true}""")).Refused(403, "forbidden");
        (await caller.PostAsync($"{workspace.Path}/announcements", """{"content":"x"}""")).Refused(403, "forbidden");
        (await caller.SendAsync("PUT", $"{workspace.Path}/members/bob", """{"role":"member"}""")).Refused(403, "forbidden");
        (await caller.DeleteAsync($"{workspace.Path}/members/root")).Refused(403, "forbidden");
        (await caller.GetAsync(workspace.Path)).Ok();
    }

    [Fact]
    public async Task Role_OfTheWorkspace_CountsLikeThatOfTheToken()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "eve");
        using var ann = workspace.As("ann");
        (await ann.PatchAsync(workspace.Path, """{"name":"Ann's"}""")).Refused(403, "forbidden");
        await workspace.SetAsync("ann", "admin");
        (await ann.PatchAsync(workspace.Path, """{"name":"Ann's"}""")).Ok();

        // A moderator governs channels, and not the workspace.
        await workspace.SetAsync("ann", "moderator");
        (await ann.PatchAsync(workspace.Path, """{"name":"No more"}""")).Refused(403, "forbidden");
        var channel = await workspace.ChannelAsync();
        (await ann.PatchAsync($"channels/{channel}", """{"name":"Ann's room"}""")).Ok();

        // An auditor writes nothing, whatever else they are.
        await workspace.SetAsync("ann", "auditor");
        (await ann.PatchAsync($"channels/{channel}", """{"name":"No more"}""")).Refused(403, "forbidden");
        (await ann.PostAsync($"channels/{channel}/messages", """{"content":"x"}""")).Refused(403, "forbidden");
        (await ann.PostAsync($"{workspace.Path}/channels", """{"name":"x","visibility":"public"}""")).Refused(403, "forbidden");
        (await ann.GetAsync($"channels/{channel}/messages")).Ok();

        // The role of a token means something to members alone.
        using var stranger = ApiCaller.As(server, "ann", Role.Admin, "elsewhere");
        (await stranger.PatchAsync(workspace.Path, """{"name":"x"}""")).Refused(404, "not_found");
    }

    [Fact]
    public async Task Archive_OfAWorkspace_StopsChangesUntilItIsBroughtBack()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann");
        using var root = workspace.As("root", Role.Admin);
        // Renamed and archived at once: the name first.
        (await root.PatchAsync(workspace.Path, """{"archived":true,"name":"Gone"}""")).Ok();
        var shown = (await root.GetAsync(workspace.Path)).Ok().Json;
        Assert.Equal(("Gone", true), (shown.GetProperty("name").GetString(), shown.GetProperty("archived").GetBoolean()));

        (await root.PatchAsync(workspace.Path, """{"name":"x"}""")).Refused(409, "archived");
        (await root.PostAsync($"{workspace.Path}/announcements", """{"content":"x"}""")).Refused(409, "archived");
        (await root.PostAsync($"{workspace.Path}/channels", """{"name":"x","visibility":"public"}""")).Refused(409, "archived");
        (await root.SendAsync("PUT", $"{workspace.Path}/members/bob", """{"role":"member"}""")).Refused(409, "archived");
        // To be put out must always be possible.
        (await root.DeleteAsync($"{workspace.Path}/members/ann")).Ok();

        (await root.PatchAsync(workspace.Path, """{"archived":false,"name":"Back"}""")).Ok();
        Assert.Equal("Back", (await root.GetAsync(workspace.Path)).Ok().Json.GetProperty("name").GetString());
        var same = (await root.PatchAsync(workspace.Path, """{"archived":false,"name":"Back"}""")).Ok();
        Assert.Equal(same.Body, (await root.PatchAsync(workspace.Path, """{"archived":false}""")).Ok().Body);
    }

    [Fact]
    public async Task Announce_IsHeardByTheWorkspaceOnceAKey()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann");
        using var ann = await workspace.ConnectAsync("ann");
        await ann.JoinAsync($"workspace:{workspace.Id}");
        using var root = workspace.As("root", Role.Admin);
        var path = $"{workspace.Path}/announcements";
        var first = (await root.PostAsync(path, """{"content":"Lunch!"}""", "lunch")).Ok(201);
        Assert.Equal(first.Whole, (await root.PostAsync(path, """{ "content":"Lunch!" }""", "lunch")).Whole);
        (await root.PostAsync(path, """{"content":"Dinner!"}""", "lunch")).Refused(409, "idempotency_conflict");
        Assert.NotEqual(first.Body, (await root.PostAsync(path, """{"content":"Lunch!"}""")).Ok(201).Body);

        var heard = System.Text.Json.JsonDocument.Parse(await ann.NextAsync()).RootElement;
        Assert.Equal("announcement:new", heard[3].GetString());
        Assert.Equal("Lunch!", heard[4].GetProperty("content").GetString());
        Assert.Equal(first.Json.GetProperty("seq").GetInt64(), heard[4].GetProperty("seq").GetInt64());
        Assert.Contains("announcement:new", await ann.NextAsync(), StringComparison.Ordinal);
        await ann.NothingElseAsync();
    }

    [Fact]
    public async Task Members_AreListedSetAndRemoved()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea", "cyd");
        using var root = workspace.As("root", Role.Admin);
        using var ann = workspace.As("ann");
        var path = $"{workspace.Path}/members";
        await workspace.SetAsync("bea", "moderator");
        Assert.Equal(["ann", "bea", "cyd", "root"], await ann.ListAsync(path, "userId", limit: 1));
        Assert.Equal(["bea"], await ann.ListAsync($"{path}?role=moderator", "userId"));
        Assert.Equal(["root"], await ann.ListAsync($"{path}?role=admin", "userId"));
        (await ann.GetAsync($"{path}?role=owner")).Refused(400, "invalid_payload", "role");

        // A cursor is one list's and one user's.
        var cursor = (await ann.GetAsync($"{path}?limit=1")).Ok().Json.GetProperty("next").GetString();
        (await ann.GetAsync($"{path}?limit=1&cursor={cursor}")).Ok();
        (await root.GetAsync($"{path}?limit=1&cursor={cursor}")).Refused(400, "invalid_cursor");
        (await ann.GetAsync($"{path}?role=member&cursor={cursor}")).Refused(400, "invalid_cursor");

        // The last administrator stays one, and nobody can be left without.
        (await root.DeleteAsync($"{path}/root")).Refused(403, "forbidden");
        (await root.SendAsync("PUT", $"{path}/root", """{"role":"member"}""")).Refused(403, "forbidden");

        // Everybody may go themselves.
        (await ann.DeleteAsync($"{path}/ann")).Ok();
        (await ann.GetAsync(path)).Refused(404, "not_found");
        Assert.Equal(["bea", "cyd", "root"], await root.ListAsync(path, "userId"));
        var again = (await root.DeleteAsync($"{path}/ann")).Ok();
        Assert.Equal(again.Body, (await root.DeleteAsync($"{path}/ann")).Ok().Body);
        // And comes back when an administrator says so.
        await workspace.SetAsync("ann", "member");
        (await ann.GetAsync(path)).Ok();
    }

    [Fact]
    public async Task Presence_ShowsWhoIsOnlinePageByPage()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        using var ann = await workspace.ConnectAsync("ann");
        using var bea = await workspace.ConnectAsync("bea");
        using var caller = workspace.As("ann");
        await Eventually.Async(async () => (await caller.ListAsync($"{workspace.Path}/presence", "userId")).Count == 2);
        Assert.Equal(["ann", "bea"], await caller.ListAsync($"{workspace.Path}/presence", "userId", limit: 1));
        var item = (await caller.GetAsync($"{workspace.Path}/presence?limit=1")).Ok().Json.GetProperty("items")[0];
        Assert.Equal(["userId", "status", "device", "devices", "since"], item.EnumerateObject().Select(p => p.Name));

        using var stranger = ApiCaller.As(server, "ann", Role.Admin, "elsewhere");
        (await stranger.GetAsync($"{workspace.Path}/presence")).Refused(404, "not_found");
    }
}
