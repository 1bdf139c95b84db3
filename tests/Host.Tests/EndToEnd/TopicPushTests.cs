using System.Text.Json;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Pushes to users', threads' and calls' topics, and those of channels that lead to them: each member of each event with each wrong type, each event on each wrong topic, and whoever has no part in a call.</summary>
[Collection(OpenServerTests.Name)]
public sealed class TopicPushTests(OpenServer server)
{
    private static readonly (string Type, string Json)[] Values =
    [
        ("null", "null"), ("bool", "true"), ("number", "1.5"), ("number", "1e3"), ("int", "7"), ("string", "\"x y\""), ("array", "[]"), ("object", "{}"),
    ];

    private static readonly (string Kind, string Event, string Good, (string Field, string Type)[] Members)[] Events =
    [
        ("user", "presence:update", """{"status":"away"}""", [("status", "string"), ("statusText", "string"), ("expiresAt", "string")]),
        ("channel", "read", """{"seq":0}""", [("seq", "int")]),
        ("thread", "read", """{"seq":0}""", [("seq", "int")]),
        ("channel", "thread:start", """{"messageId":"m"}""", [("messageId", "string")]),
        ("channel", "call:start", """{"type":"audio"}""", [("type", "string")]),
        ("thread", "message:send", """{"content":"x"}""", [("content", "string"), ("attachments", "array"), ("mentions", "array"), ("clientId", "string"), ("threadId", "string")]),
        ("call", "call:accept", "{}", [("callId", "string"), ("takeover", "bool")]),
        ("call", "call:decline", "{}", [("callId", "string")]),
        ("call", "call:end", "{}", [("callId", "string")]),
        ("call", "call:signal", """{"type":"offer","data":{}}""", [("type", "string"), ("callId", "string"), ("to", "string")]),
    ];

    /// <summary>Kind of topic and event.</summary>
    public static TheoryData<string, string> Pushes()
    {
        var data = new TheoryData<string, string>();
        foreach (var (kind, name, _, _) in Events)
            data.Add(kind, name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public async Task Push_MemberOfAnyWrongType_IsRefusedByNameAndNothingHappens(string kind, string name)
    {
        var (topic, alice) = await TopicAsync(kind);
        var (_, _, good, members) = Events.Single(e => e.Kind == kind && e.Event == name);
        await server.UnharmedAsync(async () =>
        {
            using var client = alice;
            foreach (var (field, type) in members)
            {
                foreach (var (_, json) in Values.Where(value => value.Type != type))
                    Assert.Equal(("invalid_payload", field, "wrong type"), await RefusedAsync(client, topic, name, With(good, field, json)));
            }

            foreach (var forged in new[] { "userId", "seq", "role", "from", "by", "createdAt", "channelId", "workspaceId", "__proto__", "constructor" }.Where(f => members.All(m => m.Field != f)))
                Assert.Equal(("invalid_payload", null, "unknown member"), await RefusedAsync(client, topic, name, With(good, forged, "\"x\"")));
            foreach (var whole in new[] { "null", "1", "\"{}\"", "[]", "[{}]" })
                Assert.Equal(("invalid_payload", null, "not an object"), await RefusedAsync(client, topic, name, whole));
        });
    }

    [Theory]
    [InlineData("user")]
    [InlineData("workspace")]
    [InlineData("channel")]
    [InlineData("thread")]
    [InlineData("call")]
    [InlineData("presence")]
    public async Task Push_EventOfAnotherKindOfTopic_IsInvalidEvent(string kind)
    {
        var (topic, alice) = await TopicAsync(kind);
        await server.UnharmedAsync(async () =>
        {
            using var client = alice;
            string[] messages = ["message:send", "message:update", "message:delete", "message:reaction", "typing:start", "typing:stop", "history", "read"];
            var own = kind switch
            {
                "user" => ["presence:update"],
                "channel" => [.. messages, "thread:start", "call:start"],
                "thread" => messages,
                "call" => ["call:accept", "call:decline", "call:end", "call:signal"],
                _ => Array.Empty<string>(),
            };
            string[] all = [.. messages, "thread:start", "call:start", "presence:update", "call:accept", "call:decline", "call:end", "call:signal"];
            foreach (var name in all.Except(own).Concat(["message:new", "call:incoming", "call:joined", "notification:new", "read:update", "presence_state"]))
                Assert.Equal(("invalid_event", null, null), await RefusedAsync(client, topic, name, "{}"));
        });
    }

    [Fact]
    public async Task Call_OfAPrivateChannel_IsClosedToOutsiders_AndSignalsAreForParticipants()
    {
        var channel = await server.ChannelAsync("alice", "bob");
        using var alice = await PhoenixClient.ConnectAsync(server, "alice");
        await alice.JoinAsync($"channel:{channel}");
        var call = (await alice.PushAsync($"channel:{channel}", "call:start", """{"type":"audio"}""")).GetProperty("response").GetProperty("callId").GetString();
        var topic = $"call:{call}";

        using var eve = await PhoenixClient.ConnectAsync(server, "eve");
        Assert.Equal(
            $$$"""["1","1","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]""",
            await eve.AskAsync($$"""["1","1","{{topic}}","phx_join",{}]"""));
        Assert.Equal(
            $$$"""[null,"2","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]""",
            await eve.AskAsync($$$"""["1","2","{{{topic}}}","call:signal",{"type":"offer","data":{}}]"""));

        // Bob was rung for and has not accepted.
        using var bob = await PhoenixClient.ConnectAsync(server, "bob");
        await bob.JoinAsync(topic);
        Assert.Equal(("forbidden", null, null), await RefusedAsync(bob, topic, "call:signal", """{"type":"offer","data":{}}"""));
        Assert.Equal(("invalid_payload", "callId", "not of the documented format"), await RefusedAsync(bob, topic, "call:accept", """{"callId":"another"}"""));
        Assert.Equal(
            ("payload_too_large", "data", null),
            await RefusedAsync(bob, topic, "call:signal", $$"""{"type":"offer","data":"{{new string('x', 16 * 1024)}}"}"""));
        Assert.Equal("ok", (await bob.PushAsync(topic, "call:decline", "{}")).GetProperty("status").GetString());
        Assert.Equal(("call_ended", null, null), await RefusedAsync(bob, topic, "call:accept", "{}"));
    }

    [Fact]
    public async Task User_TopicOfAnother_ThreadAndCallThatAreNot_AreOneAnswer()
    {
        await server.UnharmedAsync(async () =>
        {
            using var alice = await PhoenixClient.ConnectAsync(server, "alice");
            foreach (var topic in new[] { "user:bob", "user:", "user:a b", "thread:t_nosuch", "call:call_nosuch", "workspace:other", "workspace:nosuch", "presence:other", "channel:nosuch" })
            {
                Assert.Equal(
                    $$$"""["1","1","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]""",
                    await alice.AskAsync($$"""["1","1","{{topic}}","phx_join",{}]"""));
            }

            await alice.NothingElseAsync();
        });
    }

    private static async Task<(string? Reason, string? Field, string? Detail)> RefusedAsync(PhoenixClient client, string topic, string name, string payload)
    {
        var reply = await client.PushAsync(topic, name, payload);
        Assert.Equal("error", reply.GetProperty("status").GetString());
        var response = reply.GetProperty("response");
        return (response.GetProperty("reason").GetString(), Optional(response, "field"), Optional(response, "detail"));
    }

    private static string? Optional(JsonElement response, string name) => response.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string With(string good, string field, string json)
    {
        var members = JsonDocument.Parse(good).RootElement.EnumerateObject().Where(m => m.Name != field).Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}");
        return "{" + string.Join(',', members.Append($"\"{field}\":{json}")) + "}";
    }

    /// <summary>A topic of that kind which alice has joined, with all that leads there.</summary>
    private async Task<(string Topic, PhoenixClient Client)> TopicAsync(string kind)
    {
        var client = await PhoenixClient.ConnectAsync(server, "alice");
        var topic = kind switch
        {
            "user" => "user:alice",
            "workspace" => "workspace:demo",
            "presence" => "presence:demo",
            _ => $"channel:{await server.ChannelAsync("alice", "bob")}",
        };
        await client.JoinAsync(topic);
        if (kind == "thread")
        {
            var sent = await client.PushAsync(topic, "message:send", """{"content":"root"}""");
            var id = sent.GetProperty("response").GetProperty("id").GetString();
            var opened = await client.PushAsync(topic, "thread:start", $$"""{"messageId":"{{id}}"}""");
            topic = $"thread:{opened.GetProperty("response").GetProperty("threadId").GetString()}";
        }
        else if (kind == "call")
        {
            var started = await client.PushAsync(topic, "call:start", """{"type":"audio"}""");
            topic = $"call:{started.GetProperty("response").GetProperty("callId").GetString()}";
        }

        if (kind is not ("thread" or "call"))
            return (topic, client);
        client.Dispose();
        client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync(topic);
        return (topic, client);
    }
}
