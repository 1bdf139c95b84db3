using System.Text.Json;
using QuikApp.Host.Tests.EndToEnd;

namespace QuikApp.Host.Tests.Api;

/// <summary>History page by page: all of it, once, in both modes and directions; and cursors that are worth nothing elsewhere.</summary>
[Collection(ApiServerTests.Name)]
public sealed class HistoryOperationTests(ApiServer server)
{
    [Theory]
    [InlineData("compact", "before=9007199254740991", 1)]
    [InlineData("compact", "before=9007199254740991", 7)]
    [InlineData("compact", "after=0", 3)]
    [InlineData("full", "before=9007199254740991", 4)]
    [InlineData("full", "after=0", 1)]
    [InlineData("full", "after=0", 100)]
    public async Task List_FollowingTheCursor_GivesEverythingOnceAndEnds(string mode, string from, int limit)
    {
        var channel = await FilledChannelAsync();
        await server.UnharmedAsync(async () =>
        {
            using var bob = ApiCaller.As(server, "bob");
            var whole = (await bob.GetAsync($"channels/{channel}/messages?mode={mode}&limit=100")).Ok().Json;
            Assert.False(whole.GetProperty("more").GetBoolean());
            Assert.False(whole.TryGetProperty("next", out _));

            var pages = new List<string[]>();
            var page = (await bob.GetAsync($"channels/{channel}/messages?mode={mode}&limit={limit}&{from}")).Ok().Json;
            while (true)
            {
                pages.Add([.. page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText())]);
                Assert.InRange(pages[^1].Length, 1, limit);
                Assert.Equal(page.GetProperty("more").GetBoolean(), page.TryGetProperty("next", out var next));
                if (next.ValueKind == JsonValueKind.Undefined)
                    break;
                page = (await bob.GetAsync($"channels/{channel}/messages?limit={limit}&cursor={next.GetString()}")).Ok().Json;
            }

            if (from.StartsWith("before", StringComparison.Ordinal))
                pages.Reverse();
            Assert.Equal(whole.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()), pages.SelectMany(items => items));
            Assert.Equal(mode == "full" ? 15 : 12, pages.Sum(items => items.Length));
        });
    }

    [Fact]
    public async Task List_ShowsWhatASocketShows()
    {
        var channel = await FilledChannelAsync();
        await server.UnharmedAsync(async () =>
        {
            using var bob = ApiCaller.As(server, "bob");
            using var socket = await PhoenixClient.ConnectAsync(server, "bob");
            await socket.JoinAsync($"channel:{channel}");
            foreach (var mode in new[] { "compact", "full" })
            {
                var there = await socket.PushAsync($"channel:{channel}", "history", $$"""{"mode":"{{mode}}","limit":100}""", mode);
                Assert.Equal(there.GetProperty("response").GetRawText(), (await bob.GetAsync($"channels/{channel}/messages?mode={mode}&limit=100")).Ok().Body);
            }
        });
    }

    [Fact]
    public async Task Cursor_ForgedOrForeign_IsRefused()
    {
        var channel = await FilledChannelAsync();
        var other = await FilledChannelAsync();
        await server.UnharmedAsync(async () =>
        {
            using var alice = ApiCaller.As(server, "alice");
            using var bob = ApiCaller.As(server, "bob");
            var path = $"channels/{channel}/messages?cursor=";
            var cursor = (await bob.GetAsync($"channels/{channel}/messages?limit=2")).Ok().Json.GetProperty("next").GetString()!;
            (await bob.GetAsync(path + cursor)).Ok();

            (await alice.GetAsync(path + cursor)).Refused(400, "invalid_cursor");
            (await bob.GetAsync($"channels/{other}/messages?cursor={cursor}")).Refused(400, "invalid_cursor");
            foreach (var forged in Forgeries(cursor))
                (await bob.GetAsync(path + forged)).Refused(400, "invalid_cursor");
        });
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1.0", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=%2B1", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("before=9007199254740992", "before")]
    [InlineData("before=99999999999999999999", "before")]
    [InlineData("before=1e3", "before")]
    [InlineData("before=%D9%A3", "before")]
    [InlineData("after=0x10", "after")]
    [InlineData("after=null", "after")]
    [InlineData("before=1&after=2", "after")]
    [InlineData("mode=FULL", "mode")]
    [InlineData("mode=both", "mode")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=abc&before=1", "cursor")]
    [InlineData("cursor=abc&mode=full", "cursor")]
    [InlineData("Limit=1", null)]
    [InlineData("userId=bob", null)]
    [InlineData("a%5Bb%5D=c", null)]
    public Task List_WrongParameter_IsRefusedByName(string query, string? field) => server.UnharmedAsync(async () =>
    {
        using var bob = ApiCaller.As(server, "bob");
        var answer = (await bob.GetAsync($"channels/general/messages?{query}")).Refused(400, "invalid_payload");
        Assert.Equal(field, answer.Field);
    });

    private static IEnumerable<string> Forgeries(string cursor)
    {
        yield return "x";
        yield return cursor[1..];
        yield return cursor[..^2];
        yield return cursor + "AA";
        yield return cursor + "%3D";
        yield return new string('A', cursor.Length);
        yield return new string('A', 256);
        yield return new string('A', 4000);
        for (var i = 0; i < cursor.Length; i++)
            yield return cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
    }

    // 15 events: the channel, twelve messages, an edit and a reaction.
    private async Task<string> FilledChannelAsync()
    {
        var channel = await server.ChannelAsync();
        using var alice = ApiCaller.As(server, "alice");
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add(await alice.SayAsync(channel, $"message {i}"));
        (await alice.PatchAsync($"channels/{channel}/messages/{ids[2]}", """{"content":"edited"}""")).Ok();
        (await alice.PutAsync($"channels/{channel}/messages/{ids[5]}/reactions/tada")).Ok();
        return channel;
    }
}
