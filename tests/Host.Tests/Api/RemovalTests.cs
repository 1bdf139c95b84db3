using System.Diagnostics;
using System.Text.Json;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Whoever is put out is out of everything within the promised time, and gets nothing after.</summary>
[Collection(ApiServerTests.Name)]
public sealed class RemovalTests(ApiServer server)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Removed_FromTheWorkspace_IsOutOfEveryTopicAndGetsNothingAfter()
    {
        var room = await Room.MakeAsync(server);
        using var rem = await room.Workspace.ConnectAsync("rem");
        using var ann = await room.Workspace.ConnectAsync("ann");
        foreach (var topic in room.Topics)
        {
            await rem.SendAsync($$"""["{{topic}}","{{topic}}","{{topic}}","phx_join",{}]""");
            await NextAsync(rem, frame => frame[3].GetString() == "phx_reply" && frame[2].GetString() == topic);
        }

        foreach (var topic in room.Spoken)
            await ann.JoinAsync(topic, topic);

        var watch = Stopwatch.StartNew();
        await room.Workspace.RemoveAsync("rem");
        // What is said from here on is not for them; what was on its way may still come, before the close.
        var closed = new HashSet<string>();
        while (closed.Count < room.Topics.Count)
        {
            var frame = JsonDocument.Parse(await rem.NextAsync()).RootElement;
            var topic = frame[2].GetString()!;
            Assert.DoesNotContain(topic, closed);
            if (frame[3].GetString() == "phx_close")
                closed.Add(topic);
        }

        Assert.True(watch.Elapsed < Promised, $"{watch.Elapsed}");
        await SpeakAsync(room, ann);
        await rem.NothingElseAsync();

        // Nor does anything let them in again, by socket or by request.
        foreach (var topic in room.Topics)
            Assert.Contains("\"unauthorized\"", await rem.AskAsync($$"""["2","2","{{topic}}","phx_join",{}]"""), StringComparison.Ordinal);
        using var caller = room.Workspace.As("rem");
        foreach (var path in room.Paths)
            (await caller.GetAsync(path)).Refused(404, "not_found");
        Assert.Equal(["ann", "root"], await PresentAsync(room));
    }

    [Fact]
    public async Task Removed_WhileOthersSpeak_HearsNothingThatWasSaidBehindTheAnswer()
    {
        var room = await Room.MakeAsync(server);
        using var rem = await room.Workspace.ConnectAsync("rem");
        using var ann = await room.Workspace.ConnectAsync("ann");
        var topic = $"channel:{room.Closed}";
        await rem.JoinAsync(topic);
        await ann.JoinAsync(topic);
        using var root = room.Workspace.As("root", Role.Admin);
        for (var i = 0; i < 20; i++)
            await ann.PushAsync(topic, "message:send", $$"""{"content":"before {{i}}"}""", $"b{i}");

        // The channel's own order: behind its answer nothing more is for them, at once.
        (await root.DeleteAsync($"channels/{room.Closed}/members/rem")).Ok();
        for (var i = 0; i < 20; i++)
            await ann.PushAsync(topic, "message:send", $$"""{"content":"after {{i}}"}""", $"a{i}");
        string heard;
        do
        {
            heard = await rem.NextAsync();
            Assert.DoesNotContain("after", heard, StringComparison.Ordinal);
        }
        while (!heard.Contains("phx_close", StringComparison.Ordinal));
        await rem.NothingElseAsync();
    }

    [Fact]
    public async Task Revoked_IsClosedAndGetsNothingAfter()
    {
        var room = await Room.MakeAsync(server);
        var user = $"rev-{Guid.NewGuid():n}";
        await room.Workspace.SetAsync(user, "member");
        using var rev = await room.Workspace.ConnectAsync(user);
        using var ann = await room.Workspace.ConnectAsync("ann");
        await rev.JoinAsync($"channel:{room.Open}");
        foreach (var topic in room.Spoken)
            await ann.JoinAsync(topic, topic);

        using var root = room.Workspace.As("root", Role.Admin);
        var watch = Stopwatch.StartNew();
        (await root.PostAsync($"users/{user}/revoke", null)).Ok();
        await SpeakAsync(room, ann);
        var (code, texts) = await rev.ReadToCloseAsync();
        Assert.Equal(4401, code);
        Assert.True(watch.Elapsed < Promised, $"{watch.Elapsed}");
        Assert.Equal((0, 0), (await rev.ReadToCloseAsync()) is var (end, more) ? (end, more.Count) : default);
        // The answer came behind the revocation of this node: what was said after it is for nobody who was revoked.
        Assert.DoesNotContain(texts, text => text.Contains("not for everybody", StringComparison.Ordinal));
    }

    private static async Task SpeakAsync(Room room, PhoenixClient ann)
    {
        foreach (var topic in room.Spoken)
            Assert.Equal("ok", (await ann.PushAsync(topic, "message:send", """{"content":"not for everybody"}""", $"say {topic}")).GetProperty("status").GetString());
        using var root = room.Workspace.As("root", Role.Admin);
        (await root.PostAsync($"{room.Workspace.Path}/announcements", """{"content":"not for everybody"}""")).Ok(201);
        // Presence has something to tell, too.
        using var visitor = await room.Workspace.ConnectAsync("root");
        await Eventually.Async(async () => (await PresentAsync(room)).Contains("root"));
    }

    private static async Task<IReadOnlyList<string>> PresentAsync(Room room)
    {
        using var ann = room.Workspace.As("ann");
        return await ann.ListAsync($"{room.Workspace.Path}/presence", "userId");
    }

    private static async Task NextAsync(PhoenixClient client, Func<JsonElement, bool> wanted)
    {
        while (!wanted(JsonDocument.Parse(await client.NextAsync()).RootElement))
        {
            // Something of a topic that is joined already.
        }
    }

    /// <summary>A workspace with a channel of each kind and a thread, and somebody who is about to be put out.</summary>
    private sealed record Room(ApiWorkspace Workspace, string Open, string Closed, string Thread)
    {
        public IReadOnlyList<string> Spoken { get; } = [$"channel:{Open}", $"channel:{Closed}", $"thread:{Thread}"];

        public IReadOnlyList<string> Topics =>
            [$"channel:{Open}", $"channel:{Closed}", $"thread:{Thread}", $"workspace:{Workspace.Id}", $"presence:{Workspace.Id}"];

        public IReadOnlyList<string> Paths =>
        [
            $"channels/{Open}", $"channels/{Closed}/messages", $"channels/{Open}/members", $"threads/{Thread}", $"threads/{Thread}/messages",
            Workspace.Path, $"{Workspace.Path}/members", $"{Workspace.Path}/channels", $"{Workspace.Path}/presence",
        ];

        public static async Task<Room> MakeAsync(ApiServer server)
        {
            var workspace = await ApiWorkspace.MakeAsync(server, "ann", "rem");
            var (open, closed) = (await workspace.ChannelAsync(), await workspace.ChannelAsync("private", "ann", "rem"));
            using var caller = workspace.As("ann");
            using var ann = await workspace.ConnectAsync("ann");
            await ann.JoinAsync($"channel:{open}");
            var started = await ann.PushAsync($"channel:{open}", "thread:start", $$"""{"messageId":"{{await caller.SayAsync(open, "root")}}"}""");
            return new Room(workspace, open, closed, started.GetProperty("response").GetProperty("threadId").GetString()!);
        }
    }
}
