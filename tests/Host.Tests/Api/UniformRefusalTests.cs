using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>What one may not see and what is not there are the same bytes, whatever is tried on it.</summary>
[Collection(ApiServerTests.Name)]
public sealed class UniformRefusalTests(ApiServer server)
{
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
