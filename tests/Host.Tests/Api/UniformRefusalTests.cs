using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>What one may not see and what is not there are the same bytes, whatever is tried on it.</summary>
[Collection(ApiServerTests.Name)]
public sealed class UniformRefusalTests(ApiServer server)
{
    private const int Tries = 2_000;

    [Fact]
    public async Task Everything_OfAnotherWorkspaceOrPrivateOrNotThere_IsOneAnswer()
    {
        var secret = await server.ChannelAsync("alice");
        using var alice = ApiCaller.As(server, "alice");
        var message = await alice.SayAsync(secret, "secret");
        var open = await server.ChannelAsync();
        await alice.SayAsync(open, "of the workspace demo");
        await server.UnharmedAsync(async () =>
        {
            var answers = new HashSet<string>();
            using var outsider = ApiCaller.As(server, "mallory");
            using var foreigner = ApiCaller.As(server, "frank", Role.Admin, "other");
            foreach (var (caller, channels) in new[]
            {
                (outsider, new[] { secret, "nosuch", "not%20an%20id", new string('a', 65) }),
                (foreigner, [secret, open, "general", "nosuch", "%E2%98%83"]),
            })
            {
                foreach (var channel in channels)
                {
                    foreach (var (method, path, body) in Attempts(channel, message))
                        answers.Add((await caller.SendAsync(method, path, body)).Refused(404, "not_found").Whole);
                }
            }

            Assert.Single(answers);
        });
    }

    [Fact]
    public async Task Thousands_OfRandomTriesAcrossWorkspaces_AllFailAlike()
    {
        var secret = await server.ChannelAsync("alice");
        using var alice = ApiCaller.As(server, "alice");
        var message = await alice.SayAsync(secret, "secret");
        var random = new Random(20261127);
        var callers = Enumerable.Range(0, 8)
            .Select(i => ApiCaller.As(server, $"intruder-{i}", (Role)(i % 4), i % 2 == 0 ? "other" : "another"))
            .ToList();
        await server.UnharmedAsync(async () =>
        {
            var answers = new HashSet<string>();
            foreach (var batch in Enumerable.Range(0, Tries).Chunk(32))
            {
                var answered = await Task.WhenAll(batch.Select(_ =>
                {
                    var attempts = Attempts(random.Next(3) switch { 0 => secret, 1 => "general", _ => $"c{random.Next()}" }, random.Next(2) == 0 ? message : "m_x").ToList();
                    var (method, path, body) = attempts[random.Next(attempts.Count)];
                    return callers[random.Next(callers.Count)].SendAsync(method, path, body);
                }));
                answers.UnionWith(answered.Select(answer => answer.Refused(404, "not_found").Whole));
            }

            Assert.Single(answers);
        });
        callers.ForEach(caller => caller.Dispose());
    }

    [Fact]
    public async Task Messages_OfAnotherChannel_AreNotFoundEvenByTheirAuthor()
    {
        var channel = await server.ChannelAsync();
        using var alice = ApiCaller.As(server, "alice");
        var message = await alice.SayAsync(channel, "here");
        await server.UnharmedAsync(async () =>
        {
            foreach (var (method, path, body) in Attempts("general", message).Where(attempt => attempt.Path.Contains(message, StringComparison.Ordinal)))
                (await alice.SendAsync(method, path, body)).Refused(404, "not_found");
        });
    }

    private static IEnumerable<(string Method, string Path, string? Body)> Attempts(string channel, string message) =>
    [
        ("GET", $"channels/{channel}", null),
        ("GET", $"channels/{channel}/messages", null),
        ("GET", $"channels/{channel}/messages?mode=full&after=0", null),
        ("GET", $"channels/{channel}/messages/{message}", null),
        ("POST", $"channels/{channel}/messages", """{"content":"in"}"""),
        ("PATCH", $"channels/{channel}/messages/{message}", """{"content":"in"}"""),
        ("DELETE", $"channels/{channel}/messages/{message}", null),
        ("PUT", $"channels/{channel}/messages/{message}/reactions/tada", null),
        ("DELETE", $"channels/{channel}/messages/{message}/reactions/tada", null),
        ("PUT", $"channels/{channel}/members/mallory", null),
        ("DELETE", $"channels/{channel}/members/alice", null),
    ];
}
