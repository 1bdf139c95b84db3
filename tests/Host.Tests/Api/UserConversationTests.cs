using System.Text.Json;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>What somebody has to read, over HTTP.</summary>
[Collection(ApiServerTests.Name)]
public sealed class UserConversationTests(ApiServer server)
{
    [Fact]
    public async Task List_ShowsOnesConversationsWithWhatIsUnread()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann", "bea");
        var (open, closed, other) = (await workspace.ChannelAsync(), await workspace.ChannelAsync("private", "ann", "bea"), await workspace.ChannelAsync());
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        await bea.SayAsync(open, "one");
        (await bea.PostAsync($"channels/{closed}/messages", """{"content":"@ann","mentions":["ann"]}""")).Ok(201);
        await bea.SayAsync(closed, "two");
        await ann.SayAsync(closed, "mine is read");

        // Of a public channel one hears here once something was marked.
        Assert.Equal([closed], await ann.ListAsync("users/ann/conversations", "channelId"));
        using var socket = await workspace.ConnectAsync("ann");
        await socket.JoinAsync($"channel:{open}");
        Assert.Equal("ok", (await socket.PushAsync($"channel:{open}", "read", """{"seq":1}""")).GetProperty("status").GetString());
        Assert.Equal(new[] { open, closed }.Order(StringComparer.Ordinal), await ann.ListAsync("users/ann/conversations", "channelId", limit: 1));
        await Eventually.Async(async () => (await ItemAsync(ann, closed)).GetProperty("mentions").GetInt64() == 1);

        var item = await ItemAsync(ann, closed);
        Assert.Equal((7, 0, 2), (item.GetProperty("head").GetInt64(), item.GetProperty("readSeq").GetInt64(), item.GetProperty("unread").GetInt64()));
        item = await ItemAsync(ann, open);
        Assert.Equal((2, 1, 1), (item.GetProperty("head").GetInt64(), item.GetProperty("readSeq").GetInt64(), item.GetProperty("unread").GetInt64()));
        Assert.Equal(workspace.Id, item.GetProperty("workspaceId").GetString());
        Assert.DoesNotContain(other, await ann.ListAsync("users/ann/conversations", "channelId"));

        // What one can see no more is shown no more.
        await workspace.RemoveAsync("ann");
        await Eventually.Async(async () => (await ann.ListAsync("users/ann/conversations", "channelId")).Count == 0);
    }

    [Fact]
    public async Task List_OfOthers_IsForAdministratorsOfTheSameWorkspace()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "dan", "eve");
        var channel = await workspace.ChannelAsync("private", "dan");
        using var eve = workspace.As("eve", Role.Moderator);
        using var root = workspace.As("root", Role.Admin);
        using var foreign = ApiCaller.As(server, "root", Role.Admin, "elsewhere");
        (await eve.GetAsync("users/dan/conversations")).Refused(403, "forbidden");
        (await eve.GetAsync("users/nosuch/conversations")).Refused(403, "forbidden");
        Assert.Contains(channel, await root.ListAsync("users/dan/conversations", "channelId"));
        Assert.Empty(await foreign.ListAsync("users/dan/conversations", "channelId"));
        Assert.Empty(await root.ListAsync("users/nosuch/conversations", "channelId"));
    }

    [Fact]
    public async Task Revoke_IsWrittenIntoTheUsersStreamOnce()
    {
        using var admin = ApiCaller.As(server, "auditing-root", Role.Admin);
        (await admin.PostAsync("users/audited/revoke", null, "ticket-1")).Ok();
        (await admin.PostAsync("users/audited/revoke", null, "ticket-1")).Ok();
        (await admin.PostAsync("users/audited/disconnect", null, "ticket-2")).Ok();
        Assert.Equal(1L, server.Sql("SELECT COUNT(*) FROM journal WHERE persistence_id = 'user-audited'"));

        // Who did it, and when, is what an auditor asks.
        await Eventually.Async(async () => await IsAcceptedAsync());
        using var socket = await PhoenixClient.ConnectAsync(server, "audited");
        await socket.JoinAsync("user:audited", payload: """{"since":0}""");
        var revoked = JsonDocument.Parse(await socket.NextAsync()).RootElement;
        Assert.Equal("access:revoked", revoked[3].GetString());
        Assert.Contains("auditing-root", revoked[4].GetRawText(), StringComparison.Ordinal);
    }

    // A token of the revocation's own second counts as older.
    private async Task<bool> IsAcceptedAsync()
    {
        using var audited = ApiCaller.As(server, "audited");
        return (await audited.GetAsync("channels/general")).Status == 200;
    }

    private static async Task<JsonElement> ItemAsync(ApiCaller caller, string channel) =>
        (await caller.GetAsync("users/ann/conversations")).Ok().Json.GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("channelId").GetString() == channel);
}
