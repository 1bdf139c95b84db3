using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Which channels there are for somebody, direct ones among them, and what can be changed about one.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ChannelListTests(ApiServer server)
{
    [Fact]
    public async Task List_ShowsPublicChannelsAndOnesOwn()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        var (open, closed, others) = (await workspace.ChannelAsync(), await workspace.ChannelAsync("private", "ann"), await workspace.ChannelAsync("private"));
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        var direct = await DirectAsync(ann, workspace, "bea", 201);
        var path = $"{workspace.Path}/channels";

        Assert.Equal(new[] { open, closed, direct }.Order(StringComparer.Ordinal), await ann.ListAsync(path, "id", limit: 1));
        Assert.Equal(new[] { open, direct }.Order(StringComparer.Ordinal), await bea.ListAsync(path, "id"));
        Assert.DoesNotContain(others, await ann.ListAsync(path, "id"));
        var item = (await bea.GetAsync(path)).Ok().Json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == direct);
        Assert.Equal(("direct", "ann", false), (item.GetProperty("visibility").GetString(), item.GetProperty("with").GetString(), item.TryGetProperty("name", out _)));

        using var root = workspace.As("root", Role.Admin);
        (await root.PatchAsync($"channels/{open}", """{"archived":true}""")).Ok();
        (await root.PatchAsync($"channels/{others}", """{"archived":true}""")).Ok();
        Assert.DoesNotContain(open, await ann.ListAsync(path, "id"));
        Assert.Equal([open], await ann.ListAsync($"{path}?archived=true", "id"));
        Assert.Equal(new[] { open, others }.Order(StringComparer.Ordinal), await root.ListAsync($"{path}?archived=true", "id"));
        Assert.Equal(new[] { open, closed, direct }.Order(StringComparer.Ordinal), await ann.ListAsync($"{path}?archived=any", "id"));

        // Whoever leaves a private channel has it in the list no more.
        (await ann.DeleteAsync($"channels/{closed}/members/ann")).Ok();
        await Eventually.Async(async () => !(await ann.ListAsync(path, "id")).Contains(closed));
    }

    [Fact]
    public async Task Direct_FromBothSidesAndAgain_IsOneChannel()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea", "cyd");
        var elsewhere = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        using var cyd = workspace.As("cyd");
        using var abroad = elsewhere.As("ann");
        var channel = await DirectAsync(ann, workspace, "bea", 201);
        Assert.Equal(channel, await DirectAsync(ann, workspace, "bea", 200));
        Assert.Equal(channel, await DirectAsync(bea, workspace, "ann", 200));
        Assert.NotEqual(channel, await DirectAsync(ann, workspace, "cyd", 201));
        Assert.NotEqual(channel, await DirectAsync(abroad, elsewhere, "bea", 201));

        await ann.SayAsync(channel, "only you");
        (await bea.GetAsync($"channels/{channel}/messages")).Ok();
        (await cyd.GetAsync($"channels/{channel}")).Refused(404, "not_found");
        // Nobody joins two people, and neither can be put out; not by administrators either.
        using var root = workspace.As("root", Role.Admin);
        (await ann.PutAsync($"channels/{channel}/members/cyd")).Refused(403, "forbidden");
        (await ann.DeleteAsync($"channels/{channel}/members/bea")).Refused(403, "forbidden");
        (await ann.PatchAsync($"channels/{channel}", """{"name":"x"}""")).Refused(403, "forbidden");
        (await root.GetAsync($"channels/{channel}/messages")).Refused(404, "not_found");
        Assert.Equal(["ann", "bea"], await ann.ListAsync($"channels/{channel}/members", "userId", limit: 1));
        Assert.Equal("bea", (await ann.GetAsync($"channels/{channel}")).Ok().Json.GetProperty("with").GetString());
    }

    [Fact]
    public async Task Direct_TwentyTimesAtOnce_IsCreatedOnce()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? ann : bea).PostAsync(
            $"{workspace.Path}/channels", $$"""{"visibility":"direct","with":"{{(i % 2 == 0 ? "bea" : "ann")}}"}""")));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(19, answers.Count(answer => answer.Status == 200));
        Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task Direct_WithOneselfOrWhoIsNoMember_IsNotFound()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        await workspace.RemoveAsync("bea");
        using var ann = workspace.As("ann");
        foreach (var other in new[] { "ann", "nobody", "bea" })
            (await ann.PostAsync($"{workspace.Path}/channels", $$"""{"visibility":"direct","with":"{{other}}"}""")).Refused(404, "not_found");
        (await ann.PostAsync($"{workspace.Path}/channels", """{"visibility":"direct","with":"root"}""", "key")).Refused(400, "invalid_payload", "Idempotency-Key");
        (await ann.PostAsync($"{workspace.Path}/channels", """{"visibility":"direct","with":"root","name":"x"}""")).Refused(400, "invalid_payload", "name");
        (await ann.PostAsync($"{workspace.Path}/channels", """{"visibility":"public","with":"root","name":"x"}""")).Refused(400, "invalid_payload", "with");
    }

    [Fact]
    public async Task Archive_OfAChannel_StopsMessagesUntilItIsBroughtBack()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann");
        var channel = await workspace.ChannelAsync();
        using var root = workspace.As("root", Role.Admin);
        using var ann = workspace.As("ann");
        (await ann.PatchAsync($"channels/{channel}", """{"archived":true}""")).Refused(403, "forbidden");
        (await root.PatchAsync($"channels/{channel}", """{"name":"Old","archived":true}""")).Ok();
        var shown = (await ann.GetAsync($"channels/{channel}")).Ok().Json;
        Assert.Equal(("Old", true), (shown.GetProperty("name").GetString(), shown.GetProperty("archived").GetBoolean()));
        (await ann.PostAsync($"channels/{channel}/messages", """{"content":"x"}""")).Refused(409, "archived");
        (await root.PutAsync($"channels/{channel}/members/ann")).Refused(409, "archived");
        (await ann.GetAsync($"channels/{channel}/messages")).Ok();
        (await root.PatchAsync($"channels/{channel}", """{"archived":false}""")).Ok();
        await ann.SayAsync(channel, "back");
    }

    private static async Task<string> DirectAsync(ApiCaller caller, ApiWorkspace workspace, string other, int status)
    {
        var answer = (await caller.PostAsync($"{workspace.Path}/channels", $$"""{"visibility":"direct","with":"{{other}}"}""")).Ok(status);
        Assert.Equal(other, answer.Json.GetProperty("with").GetString());
        var id = answer.Json.GetProperty("id").GetString()!;
        Assert.Equal(status == 201 ? $"/api/v1/channels/{id}" : null, answer.Header("Location"));
        return id;
    }
}
