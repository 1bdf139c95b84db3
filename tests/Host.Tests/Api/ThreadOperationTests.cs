using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Threads over HTTP: shown, read, and written into like channels.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ThreadOperationTests(ApiServer server)
{
    [Fact]
    public async Task Thread_IsReadAndWrittenLikeAChannel()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        var (channel, thread, root) = await StartAsync(workspace, "public");
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        var shown = (await bea.GetAsync($"threads/{thread}")).Ok().Json;
        Assert.Equal((channel, root, 0), (shown.GetProperty("channelId").GetString(), shown.GetProperty("messageId").GetString(), shown.GetProperty("replyCount").GetInt64()));
        Assert.False(shown.TryGetProperty("lastReply", out _));

        var path = $"threads/{thread}/messages";
        var reply = (await bea.PostAsync(path, """{"content":"hi"}""", "once")).Ok(201);
        Assert.Equal(reply.Whole, (await bea.PostAsync(path, """{"content":"hi"}""", "once")).Whole);
        var id = reply.Json.GetProperty("id").GetString()!;
        Assert.Equal($"/api/v1/{path}/{id}", reply.Header("Location"));
        Assert.Equal("hi", (await ann.RawAsync("GET", reply.Header("Location")!)).Ok().Json.GetProperty("content").GetString());

        // By way of the channel it is the same thread; and it is there alone.
        var second = (await ann.PostAsync($"channels/{channel}/messages", $$"""{"content":"me too","threadId":"{{thread}}"}""")).Ok(201);
        Assert.StartsWith($"/api/v1/{path}/", second.Header("Location"), StringComparison.Ordinal);
        (await ann.PostAsync(path, $$"""{"content":"here","threadId":"{{thread}}"}""")).Ok(201);
        (await ann.GetAsync($"channels/{channel}/messages/{id}")).Refused(404, "not_found");
        Assert.Equal(3, (await ann.GetAsync(path)).Ok().Json.GetProperty("items").GetArrayLength());

        (await bea.PatchAsync($"{path}/{id}", """{"content":"hello"}""")).Ok();
        (await ann.PatchAsync($"{path}/{id}", """{"content":"no"}""")).Refused(403, "forbidden");
        (await ann.PutAsync($"{path}/{id}/reactions/tada")).Ok();
        (await ann.DeleteAsync($"{path}/{id}/reactions/tada")).Ok();
        (await bea.DeleteAsync($"{path}/{id}")).Ok();
        shown = (await bea.GetAsync($"threads/{thread}")).Ok().Json;
        Assert.Equal((2, "ann"), (shown.GetProperty("replyCount").GetInt64(), shown.GetProperty("lastReply").GetProperty("userId").GetString()));
    }

    [Fact]
    public async Task Thread_OfAChannelThatOneMayNotSee_IsNotFound()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        var (channel, thread, _) = await StartAsync(workspace, "private");
        var open = await workspace.ChannelAsync();
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        var answers = new HashSet<string>();
        foreach (var id in new[] { thread, "nosuch", "not%20an%20id" })
        {
            answers.Add((await bea.GetAsync($"threads/{id}")).Refused(404, "not_found").Whole);
            answers.Add((await bea.GetAsync($"threads/{id}/messages")).Refused(404, "not_found").Whole);
            answers.Add((await bea.PostAsync($"threads/{id}/messages", """{"content":"x"}""")).Refused(404, "not_found").Whole);
        }

        // A thread of another channel is none of this one's, for who sees both too.
        answers.Add((await bea.PostAsync($"channels/{open}/messages", $$"""{"content":"x","threadId":"{{thread}}"}""")).Refused(404, "not_found").Whole);
        answers.Add((await ann.PostAsync($"channels/{open}/messages", $$"""{"content":"x","threadId":"{{thread}}"}""")).Refused(404, "not_found").Whole);
        answers.Add((await ann.PostAsync($"threads/{thread}/messages", """{"content":"x","threadId":"other"}""")).Refused(404, "not_found").Whole);
        Assert.Single(answers);

        using var root = workspace.As("root", Role.Admin);
        (await root.PatchAsync($"channels/{channel}", """{"archived":true}""")).Ok();
        (await ann.PostAsync($"threads/{thread}/messages", """{"content":"x"}""")).Refused(409, "archived");
    }

    private static async Task<(string Channel, string Thread, string Root)> StartAsync(ApiWorkspace workspace, string visibility)
    {
        var channel = visibility == "private" ? await workspace.ChannelAsync(visibility, "ann") : await workspace.ChannelAsync(visibility);
        using var ann = workspace.As("ann");
        var root = await ann.SayAsync(channel, "root");
        using var socket = await workspace.ConnectAsync("ann");
        await socket.JoinAsync($"channel:{channel}");
        var started = await socket.PushAsync($"channel:{channel}", "thread:start", $$"""{"messageId":"{{root}}"}""");
        return (channel, started.GetProperty("response").GetProperty("threadId").GetString()!, root);
    }
}
