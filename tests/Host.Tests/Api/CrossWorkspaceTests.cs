using System.Text.Json;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Ten thousand tries to reach what belongs to another workspace, by every topic and every operation: none succeeds, all look alike.</summary>
[Collection(ApiServerTests.Name)]
public sealed class CrossWorkspaceTests(ApiServer server)
{
    private const int TriesByHttp = 5_000;
    private const int TriesBySocket = 5_000;
    private const int Seed = 20261127;

    [Fact]
    public async Task Requests_ToEverythingOfAnotherWorkspace_AreOneAnswer()
    {
        var target = await Target.MakeAsync(server);
        var random = new Random(Seed);
        using var nobody = ApiCaller.With(server, null);
        var schema = await ApiSchema.ReadAsync(nobody);
        var operations = schema.Operations().Where(o => o.Path.Split('/') is [_, _, _, "workspaces" or "channels" or "threads", _, ..]).ToList();
        Assert.True(operations.Count > 25, $"{operations.Count} operations only");
        var bodies = new HostileBodies(schema);
        var callers = Enumerable.Range(0, 8)
            .Select(i => ApiCaller.As(server, i < 4 ? $"intruder-{i}" : "insider", (Role)(i % 4), i % 2 == 0 ? "other" : "another"))
            .ToList();

        await server.UnharmedAsync(async () =>
        {
            var answers = new HashSet<string>();
            foreach (var batch in Enumerable.Range(0, TriesByHttp).Chunk(32))
            {
                var answered = await Task.WhenAll(batch.Select(i =>
                {
                    // Each operation in turn, with ids at random: that no operation is left out is not left to chance.
                    var (method, pattern, operation) = operations[i % operations.Count];
                    var body = schema.BodiesOf(operation);
                    var json = body.Count == 0 ? null : bodies.Sample(body[random.Next(body.Count)]).ToJsonString();
                    return callers[random.Next(callers.Count)].SendAsync(method, target.PathOf(pattern, random), json);
                }));
                answers.UnionWith(answered.Select(answer => answer.Refused(404, "not_found").Whole));
            }

            Assert.Single(answers);
        });
        callers.ForEach(caller => caller.Dispose());
    }

    [Fact]
    public async Task Joins_OfEveryTopicOfAnotherWorkspace_AreOneAnswer()
    {
        var target = await Target.MakeAsync(server);
        var random = new Random(Seed);
        var sockets = new List<PhoenixClient>();
        for (var i = 0; i < 8; i++)
        {
            var token = server.Token(i < 4 ? $"intruder-{i}" : "insider", (Role)(i % 4), workspace: i % 2 == 0 ? "other" : "another");
            sockets.Add(await PhoenixClient.ConnectWithAsync(server, token, forwardedFor: $"intruder-{i}"));
        }

        await server.UnharmedAsync(async () =>
        {
            var answers = new HashSet<string>();
            foreach (var batch in Enumerable.Range(0, TriesBySocket).Chunk(sockets.Count))
            {
                var answered = await Task.WhenAll(batch.Select((_, i) => TryAsync(sockets[i], target.Topic(random))));
                answers.UnionWith(answered);
            }

            Assert.Equal(["""{"status":"error","response":{"reason":"unauthorized"}}"""], answers);
        });
        sockets.ForEach(socket => socket.Dispose());
    }

    private static async Task<string> TryAsync(PhoenixClient socket, string topic)
    {
        var reply = JsonDocument.Parse(await socket.AskAsync($$"""["1","1","{{topic}}","phx_join",{}]""")).RootElement;
        Assert.Equal(("1", "1", topic, "phx_reply"), (reply[0].GetString(), reply[1].GetString(), reply[2].GetString(), reply[3].GetString()));
        return reply[4].GetRawText();
    }

    /// <summary>A workspace that has one of everything.</summary>
    private sealed record Target(ApiWorkspace Workspace, IReadOnlyList<string> Channels, string Thread, string Call, string Message)
    {
        private static readonly string[] Users = ["insider", "root", "nosuch"];

        public static async Task<Target> MakeAsync(ApiServer server)
        {
            var workspace = await ApiWorkspace.MakeAsync(server, "insider", "partner");
            var (open, closed) = (await workspace.ChannelAsync(), await workspace.ChannelAsync("private", "insider"));
            using var insider = workspace.As("insider");
            var direct = (await insider.PostAsync($"{workspace.Path}/channels", """{"visibility":"direct","with":"partner"}""")).Ok(201);
            var message = await insider.SayAsync(open, "secret");
            using var socket = await workspace.ConnectAsync("insider");
            await socket.JoinAsync($"channel:{open}");
            var thread = await socket.PushAsync($"channel:{open}", "thread:start", $$"""{"messageId":"{{message}}"}""", "a");
            var call = await socket.PushAsync($"channel:{open}", "call:start", """{"type":"audio"}""", "b");
            var id = call.GetProperty("response").GetProperty("callId").GetString()!;
            // It rings for no longer than this, so that nothing more is written meanwhile.
            await socket.JoinAsync($"call:{id}", "2");
            Assert.Equal("ok", (await socket.PushAsync($"call:{id}", "call:end", "{}", "c")).GetProperty("status").GetString());
            await Eventually.Async(() => Task.FromResult((long)server.Sql("SELECT COUNT(*) FROM relay")! == 0));
            return new Target(
                workspace,
                [open, closed, direct.Json.GetProperty("id").GetString()!],
                thread.GetProperty("response").GetProperty("threadId").GetString()!,
                id,
                message);
        }

        public string PathOf(string pattern, Random random) => pattern.Replace("/api/v1/", "", StringComparison.Ordinal)
            .Replace("{workspace}", Or(Workspace.Id, random), StringComparison.Ordinal)
            .Replace("{channel}", Or(Channels[random.Next(Channels.Count)], random), StringComparison.Ordinal)
            .Replace("{thread}", Or(Thread, random), StringComparison.Ordinal)
            .Replace("{message}", Or(Message, random), StringComparison.Ordinal)
            .Replace("{user}", Users[random.Next(Users.Length)], StringComparison.Ordinal)
            .Replace("{emoji}", "tada", StringComparison.Ordinal);

        public string Topic(Random random) => random.Next(6) switch
        {
            0 => $"workspace:{Or(Workspace.Id, random)}",
            1 => $"presence:{Or(Workspace.Id, random)}",
            2 => $"channel:{Or(Channels[random.Next(Channels.Count)], random)}",
            3 => $"thread:{Or(Thread, random)}",
            4 => $"call:{Or(Call, random)}",
            _ => $"user:{Or("partner", random)}",
        };

        // What there is, and now and then what there is not: nobody may tell the two apart.
        private static string Or(string id, Random random) => random.Next(4) switch
        {
            0 => $"x{random.Next()}",
            1 => id[..^1] + (id[^1] == 'a' ? 'b' : 'a'),
            _ => id,
        };
    }
}
