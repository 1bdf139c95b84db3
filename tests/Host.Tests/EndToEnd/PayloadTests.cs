using System.Text.Json;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Payloads that are JSON and not what the event takes: refused by name, and nothing is written.</summary>
[Collection(OpenServerTests.Name)]
public sealed class PayloadTests(OpenServer server)
{
    private const string Attachment = """{"name":"a.png","size":1,"type":"image/png","sha256":"0000000000000000000000000000000000000000000000000000000000000000","url":"https://files.example/a"}""";

    /// <summary>Values of every JSON type, by type.</summary>
    private static readonly (string Type, string Json)[] Values =
    [
        ("null", "null"), ("bool", "true"), ("bool", "false"), ("number", "1.5"), ("number", "1e3"), ("int", "7"),
        ("string", "\"x y\""), ("array", "[]"), ("array", "[null]"), ("object", "{}"),
    ];

    /// <summary>Each event with a payload that is right, and each member with the JSON type that it takes.</summary>
    private static readonly (string Event, string Good, (string Field, string Type)[] Members)[] Events =
    [
        ("message:send", """{"content":"x","attachments":[],"mentions":[],"clientId":"c"}""", [("content", "string"), ("attachments", "array"), ("mentions", "array"), ("clientId", "string"), ("threadId", "string")]),
        ("message:update", """{"id":"m","content":"x","mentions":[]}""", [("id", "string"), ("content", "string"), ("mentions", "array")]),
        ("message:delete", """{"id":"m"}""", [("id", "string")]),
        ("message:reaction", """{"messageId":"m","emoji":"thumbsup","action":"add"}""", [("messageId", "string"), ("emoji", "string"), ("action", "string")]),
        ("history", """{"limit":1,"mode":"full"}""", [("limit", "int"), ("mode", "string"), ("before", "int"), ("after", "int")]),
        ("access_token", """{"access_token":"t"}""", [("access_token", "string")]),
        ("typing:start", "{}", []),
        ("typing:stop", "{}", []),
    ];

    /// <summary>Event, payload, reason, field, detail.</summary>
    public static TheoryData<string, string, string, string?, string?> Refusals => MakeRefusals();

    [Theory]
    [MemberData(nameof(Refusals))]
    public Task Push_PayloadWrong_IsRefusedByName(string name, string payload, string reason, string? field, string? detail) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        var expected = $$"""{"reason":"{{reason}}"{{(field is null ? "" : $",\"field\":\"{field}\"")}}{{(detail is null ? "" : $",\"detail\":\"{detail}\"")}}}""";
        Assert.Equal(
            $$$"""["1","2","channel:general","phx_reply",{"status":"error","response":{{{expected}}}}]""",
            await client.AskAsync($$"""["1","2","channel:general","{{name}}",{{payload}}]"""));
    });

    [Fact]
    public async Task Send_16KilobytesOfContent_IsAcceptedAndOneMoreIsNot()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice");
                await client.JoinAsync(topic);
                // Counted in UTF-8: 8,192 letters of two bytes.
                var most = new string('é', 8 * 1024);
                Assert.Equal("ok", (await client.PushAsync(topic, "message:send", $$"""{"content":"{{most}}"}""")).GetProperty("status").GetString());
                foreach (var name in new[] { "message:send\",{", "message:update\",{\"id\":\"m\"," })
                {
                    await client.SendAsync($$"""["1","2","{{topic}}","{{name}}"content":"{{most}}x"}]""");
                    Assert.Equal(
                        $$$"""["1","2","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"payload_too_large","field":"content"}}]""",
                        await client.NextAsync());
                }
            },
            journaled: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("no such")]
    [InlineData("THUMBSUP")]
    [InlineData("👍👍")]
    [InlineData("👍x")]
    [InlineData("::")]
    [InlineData("a:b")]
    [InlineData("\\ufe0f")]
    [InlineData("\\u200d")]
    [InlineData("<script>")]
    [InlineData("＋1")]
    public async Task React_NoEmoji_IsInvalidReaction(string emoji)
    {
        var (topic, id) = await MessageAsync();
        // One letter is a shortcode by the documented grammar.
        if (emoji == "x")
            emoji = new string('x', 65);
        await server.UnharmedAsync(async () =>
        {
            using var client = await PhoenixClient.ConnectAsync(server, "alice");
            await client.JoinAsync(topic);
            Assert.Equal(
                $$$"""["1","2","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"invalid_reaction"}}]""",
                await client.AskAsync($$"""["1","2","{{topic}}","message:reaction",{"messageId":"{{id}}","emoji":"{{emoji}}","action":"add"}]"""));
        });
    }

    [Fact]
    public async Task React_SameEmojiInOtherSpelling_IsDoneAlready()
    {
        var (topic, id) = await MessageAsync();
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice");
                await client.JoinAsync(topic);
                foreach (var emoji in new[] { "\u2764\ufe0f", "\u2764", "\u2764\ufe0f" })
                {
                    var reply = await client.PushAsync(topic, "message:reaction", $$"""{"messageId":"{{id}}","emoji":"{{emoji}}","action":"add"}""");
                    Assert.Equal(3, reply.GetProperty("response").GetProperty("seq").GetInt64());
                }
            },
            journaled: 1);
    }

    [Fact]
    public async Task Send_SameClientId_FirstReplyAgainOrConflict()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice");
                await client.JoinAsync(topic);
                var first = await client.PushAsync(topic, "message:send", """{"content":"x","clientId":"k"}""", "a");
                var again = await client.PushAsync(topic, "message:send", """{"content":"x","clientId":"k"}""", "b");
                Assert.True(JsonElement.DeepEquals(first, again));
                Assert.Equal("""{"status":"error","response":{"reason":"idempotency_conflict"}}""", (await client.PushAsync(topic, "message:send", """{"content":"y","clientId":"k"}""", "c")).GetRawText());
            },
            journaled: 1);
    }

    private static TheoryData<string, string, string, string?, string?> MakeRefusals()
    {
        var table = new TheoryData<string, string, string, string?, string?>();
        foreach (var (name, good, members) in Events)
        {
            foreach (var whole in new[] { "null", "true", "1", "\"{}\"", "[]", "[{}]" })
                table.Add(name, whole, "invalid_payload", null, "not an object");
            foreach (var extra in new[] { "userId", "user", "seq", "role", "id2", "createdAt", "channelId", "workspace", "__proto__", "constructor", "$type", "" })
                table.Add(name, With(good, extra, "\"x\""), "invalid_payload", null, "unknown member");
            foreach (var (field, type) in members)
            {
                foreach (var (_, json) in Values.Where(value => value.Type != type))
                    table.Add(name, With(good, field, json), "invalid_payload", field, "wrong type");
                if (type == "array")
                    table.Add(name, With(good, field, "[null]"), "invalid_payload", $"{field}[0]", "wrong type");
                if (type == "string")
                    table.Add(name, With(good, field, "\"a\\u0000b\""), "invalid_payload", field, "not valid Unicode text");
            }
        }

        foreach (var (name, field) in new[]
        {
            ("message:send", "content"), ("message:update", "id"), ("message:update", "content"), ("message:delete", "id"),
            ("message:reaction", "messageId"), ("message:reaction", "emoji"), ("message:reaction", "action"), ("access_token", "access_token"),
        })
        {
            table.Add(name, Without(Events.Single(e => e.Event == name).Good, field), "invalid_payload", field, "missing");
        }

        AddFormats(table);
        return table;
    }

    private static void AddFormats(TheoryData<string, string, string, string?, string?> table)
    {
        const string Format = "not of the documented format";
        foreach (var id in new[] { "", "a b", "../x", "a:b", "é", new string('m', 65), "a\\nb", "'; DROP TABLE journal; --" })
        {
            table.Add("message:update", $$"""{"id":"{{id}}","content":"x"}""", "invalid_payload", "id", Format);
            table.Add("message:delete", $$"""{"id":"{{id}}"}""", "invalid_payload", "id", Format);
            table.Add("message:reaction", $$"""{"messageId":"{{id}}","emoji":"thumbsup","action":"add"}""", "invalid_payload", "messageId", Format);
            table.Add("message:send", $$"""{"content":"x","mentions":["bob","{{id}}"]}""", "invalid_payload", "mentions[1]", Format);
        }

        foreach (var (field, value) in new[] { ("clientId", "\"\""), ("clientId", "\"é\""), ("clientId", $"\"{new string('c', 65)}\"") })
            table.Add("message:send", $$"""{"content":"x","{{field}}":{{value}}}""", "invalid_payload", field, Format);
        table.Add("message:reaction", """{"messageId":"m","emoji":"thumbsup","action":"toggle"}""", "invalid_payload", "action", Format);
        table.Add("message:send", """{"content":""}""", "invalid_payload", "content", "empty");
        table.Add("message:update", """{"id":"m","content":""}""", "invalid_payload", "content", "empty");
        table.Add("access_token", """{"access_token":""}""", "invalid_payload", "access_token", "empty");
        table.Add("access_token", $$"""{"access_token":"{{new string('t', 8193)}}"}""", "payload_too_large", "access_token", null);
        table.Add("message:send", $$"""{"content":"x","threadId":"t1"}""", "not_found", null, null);
        table.Add("message:send", $$"""{"content":"x","mentions":[{{string.Join(',', Enumerable.Repeat("\"u\"", 51))}}]}""", "invalid_payload", "mentions", "too many items");
        table.Add("message:send", $$"""{"content":"x","attachments":[{{string.Join(',', Enumerable.Repeat(Attachment, 11))}}]}""", "invalid_payload", "attachments", "too many items");
        foreach (var (field, json, detail) in new[]
        {
            ("name", "\"\"", Format), ("name", "7", "wrong type"), ("size", "-1", "out of range"), ("size", "1.0", "wrong type"), ("size", "\"1\"", "wrong type"),
            ("size", "9007199254740992", "out of range"), ("type", "\"png\"", Format), ("sha256", "\"00\"", Format), ("url", "\"javascript:alert(1)\"", Format),
            ("url", "\"https://bank.example@evil.example/\"", Format), ("url", "\"file:///etc/passwd\"", Format), ("url", "null", "wrong type"),
        })
        {
            table.Add("message:send", $$"""{"content":"x","attachments":[{{With(Attachment, field, json)}}]}""", "invalid_payload", $"attachments[0].{field}", detail);
        }

        table.Add("message:send", $$"""{"content":"x","attachments":[{{With(Attachment, "path", "1")}}]}""", "invalid_payload", "attachments[0]", "unknown member");
        foreach (var (field, json) in new[] { ("limit", "0"), ("limit", "101"), ("limit", "-1"), ("limit", "99999999999999999999"), ("before", "-1"), ("after", "9007199254740992") })
            table.Add("history", $$"""{"{{field}}":{{json}}}""", "invalid_payload", field, "out of range");
        table.Add("history", """{"before":5,"after":5}""", "invalid_payload", "after", "excludes another member");
        table.Add("history", """{"mode":"Compact"}""", "invalid_payload", "mode", Format);
    }

    private static string With(string good, string field, string json)
    {
        var rest = Without(good, field);
        return $$"""{{rest[..^1]}}{{(rest == "{}" ? "" : ",")}}"{{field}}":{{json}}}""";
    }

    private static string Without(string good, string field) =>
        "{" + string.Join(',', JsonDocument.Parse(good).RootElement.EnumerateObject().Where(m => m.Name != field).Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}")) + "}";

    private async Task<(string Topic, string Message)> MessageAsync()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var author = await PhoenixClient.ConnectAsync(server, "author");
        await author.JoinAsync(topic);
        var reply = await author.PushAsync(topic, "message:send", """{"content":"x"}""");
        return (topic, reply.GetProperty("response").GetProperty("id").GetString()!);
    }
}
