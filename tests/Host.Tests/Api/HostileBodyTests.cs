using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Bodies that the document does not allow: over a thousand, made from the document itself.</summary>
[Collection(ApiServerTests.Name)]
public sealed class HostileBodyTests(ApiServer server)
{
    private const int Least = 1_000;

    [Fact]
    public async Task Bodies_ThatTheDocumentDoesNotAllow_AreRefusedByName()
    {
        using var admin = ApiCaller.As(server, "hostile", Role.Admin);
        var channel = await server.ChannelAsync();
        var message = await admin.SayAsync(channel, "target");
        var schema = await ApiSchema.ReadAsync(admin);
        var hostile = new HostileBodies(schema);
        var sent = 0;
        var wrong = new List<string>();

        await server.UnharmedAsync(async () =>
        {
            foreach (var (method, pattern, operation) in schema.Operations())
            {
                var path = PathOf(pattern, channel, message);
                foreach (var (json, field) in schema.BodiesOf(operation).SelectMany(hostile.Of))
                {
                    var answer = await admin.SendAsync(method, path, json);
                    sent++;
                    var expected = answer.Status is 400 or 413 && answer.Reason is "invalid_payload" or "payload_too_large";
                    if (!expected || !IsAbout(answer.Field, field))
                        wrong.Add($"{method} {pattern} {(json.Length > 200 ? json[..200] : json)} → {answer.Status} {answer.Body}, not about {field ?? "the whole"}");
                }
            }
        });

        Assert.True(wrong.Count == 0, $"{wrong.Count}\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(sent >= Least, $"{sent} bodies only");
    }

    [Fact]
    public async Task Bodies_ThatTheDocumentAsksFor_AreTaken()
    {
        using var admin = ApiCaller.As(server, "friendly", Role.Admin);
        // The other side of a direct channel.
        (await admin.SendAsync("PUT", "workspaces/demo/members/good", """{"role":"member"}""")).Ok();
        var schema = await ApiSchema.ReadAsync(admin);
        var hostile = new HostileBodies(schema);
        foreach (var (method, pattern, operation) in schema.Operations())
        {
            foreach (var body in schema.BodiesOf(operation))
            {
                var channel = await server.ChannelAsync();
                var path = PathOf(pattern, channel, await admin.SayAsync(channel, "target"));
                // A thread and its messages are made by a socket alone: tests of their own write into them.
                if (!path.Contains("threads/", StringComparison.Ordinal))
                    Assert.InRange((await admin.SendAsync(method, path, hostile.Sample(body).ToJsonString())).Status, 200, 201);
            }
        }
    }

    private static string PathOf(string pattern, string channel, string message) => pattern.Replace("/api/v1/", "", StringComparison.Ordinal)
        .Replace("{workspace}", "demo", StringComparison.Ordinal)
        .Replace("{channel}", channel, StringComparison.Ordinal)
        .Replace("{thread}", "nosuch", StringComparison.Ordinal)
        .Replace("{user}", "somebody", StringComparison.Ordinal)
        .Replace("{message}", message, StringComparison.Ordinal);

    // A list is at fault in one of its items.
    private static bool IsAbout(string? named, string? field) =>
        field is null || named == field || named?.StartsWith($"{field}[", StringComparison.Ordinal) == true;
}
