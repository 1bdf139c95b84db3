using System.Text.Json;
using QuikApp.Host.Tests.Sockets;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Pushes and what a channel answers to them, in V2, V2 binary and V1.</summary>
[Collection(OpenServerTests.Name)]
public sealed class PushFrameTests(OpenServer server)
{
    public static TheoryData<string> ServerOnlyEvents =>
    [
        "phx_reply", "phx_close", "phx_error", "message:new", "presence_state", "presence_diff", "presence:join", "presence:leave", "channel:created",
        "member:joined", "member:left", "replay:done", "replay:gap", "token:expiring", "call:incoming", "heartbeat", "", "message:send ", "Message:send", "__proto__",
    ];

    [Theory]
    [MemberData(nameof(ServerOnlyEvents))]
    public Task Push_EventThatNoClientSends_IsInvalidEvent(string name) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync();
        Assert.Equal(
            """["1","2","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_event"}}]""",
            await client.AskAsync($$"""["1","2","channel:general","{{name}}",{"content":"x"}]"""));
        await client.NothingElseAsync();
    });

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("{\"a\":1}")]
    [InlineData("[\"message:send\"]")]
    [InlineData("true")]
    public Task Push_EventIsNoString_IsInvalidEvent(string name) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync();
        Assert.Equal(
            """["1","2","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_event"}}]""",
            await client.AskAsync($$"""["1","2","channel:general",{{name}},{"content":"x"}]"""));
    });

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("1.0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"\"")]
    [InlineData("\"<b>\\\"\u2028\"", "\"<b>\\\"\u2028\"")]
    [InlineData("{\"a\":[1,{\"b\":null}]}")]
    [InlineData("[]")]
    [InlineData("true")]
    public Task Push_AnyRef_ComesBackAsItWas(string @ref, string? back = null) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync();
        var reply = JsonDocument.Parse(await client.AskAsync($$"""["1",{{@ref}},"channel:general","nosuch",{}]""")).RootElement;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(back ?? @ref).RootElement, reply[1]), reply.ToString());
        Assert.Equal("invalid_event", reply[4].GetProperty("response").GetProperty("reason").GetString());
    });

    [Theory]
    [InlineData("channel:general")]
    [InlineData("channel:nowhere")]
    [InlineData("nosuch:1")]
    [InlineData("")]
    public Task Push_TopicNotJoined_IsUnmatchedWithoutJoinRef(string topic) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        foreach (var name in new[] { "message:send", "history", "access_token", "nosuch" })
        {
            Assert.Equal(
                $$$"""[null,"2","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]""",
                await client.AskAsync($$"""["1","2","{{topic}}","{{name}}",{"content":"x"}]"""));
        }
    });

    [Fact]
    public async Task Push_PipelinedBehindItsJoin_FindsTheTopicJoined()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice");
                await client.SendAsync($$"""["1","1","{{topic}}","phx_join",{}]""", $$"""["1","2","{{topic}}","message:send",{"content":"at once"}]""");
                Assert.Contains("\"head\":1", await client.NextAsync(), StringComparison.Ordinal);
                Assert.Contains("\"at once\"", await client.NextAsync(), StringComparison.Ordinal);
                Assert.StartsWith($$"""["1","2","{{topic}}","phx_reply",{"status":"ok",""", await client.NextAsync(), StringComparison.Ordinal);
            },
            journaled: 1);
    }

    [Fact]
    public async Task Send_100Pipelined_OwnBroadcastBeforeEachReplyAndInOrderAtBothMembers()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var alice = await PhoenixClient.ConnectAsync(server, "alice");
                using var bob = await PhoenixClient.ConnectAsync(server, "bob");
                await alice.JoinAsync(topic);
                await bob.JoinAsync(topic);
                await alice.SendAsync([.. Enumerable.Range(0, 100).Select(i => $$"""["1","s{{i}}","{{topic}}","message:send",{"content":"{{i}}"}]""")]);

                var (heard, answered) = (0, 0);
                foreach (var text in await alice.NextAsync(200))
                {
                    var frame = JsonDocument.Parse(text).RootElement;
                    if (frame[3].GetString() == "message:new")
                    {
                        Assert.Equal((heard + 2, $"{heard}"), (frame[4].GetProperty("seq").GetInt64(), frame[4].GetProperty("content").GetString()));
                        heard++;
                        continue;
                    }

                    Assert.Equal($"s{answered}", frame[1].GetString());
                    Assert.Equal(answered + 2, frame[4].GetProperty("response").GetProperty("seq").GetInt64());
                    Assert.True(++answered <= heard, "a reply overtook its own broadcast");
                }

                var others = await bob.NextAsync(100);
                Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), others.Select(text => JsonDocument.Parse(text).RootElement[4].GetProperty("content").GetString()));
            },
            journaled: 100);
    }

    [Fact]
    public Task Binary_PushesOfTheApi_AreRefusedAsJson() => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync();
        foreach (var name in new[] { "message:send", "message:update", "message:delete", "message:reaction", "typing:start", "typing:stop", "history", "access_token" })
        {
            await client.SendRawAsync(ClientFrames.Binary(BinaryPush("1", "2", "channel:general", name, "{\"content\":\"x\"}"u8)));
            Assert.Equal(
                """["1","2","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_payload","detail":"not JSON, or nested too deep"}}]""",
                await client.NextAsync());
        }

        // An empty join_ref is "" and not null: stale.
        await client.SendRawAsync(ClientFrames.Binary(BinaryPush("", "3", "channel:general", "nosuch", [])));
        await client.NothingElseAsync();
    });

    [Fact]
    public Task Binary_HeartbeatJoinAndLeave_AreAnsweredInJson() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.SendRawAsync(
            ClientFrames.Binary(BinaryPush("", "1", "phoenix", "heartbeat", [])),
            ClientFrames.Binary(BinaryPush("2", "2", "channel:general", "phx_join", [])),
            ClientFrames.Binary(BinaryPush("2", "3", "channel:general", "phx_leave", [1, 2, 3])),
            ClientFrames.Binary(BinaryPush("2", "", "channel:general", "message:send", [])));
        string[] expected =
        [
            """[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]""",
            """["2","2","channel:general","phx_reply",{"status":"ok","response":{"head":1}}]""",
            """["2","3","channel:general","phx_reply",{"status":"ok","response":{}}]""",
            """["2","2","channel:general","phx_close",{}]""",
            """[null,"","channel:general","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]""",
        ];
        Assert.Equal(expected, await client.NextAsync(5));
    });

    [Fact]
    public async Task V1_AllShapes_AsPhoenix()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice", vsn: "1.0.0");
                // {ref} and then what comes back: V1 never sends a join_ref.
                (string Sent, string[] Back)[] talk =
                [
                    (Frame("phoenix", "heartbeat", "{}", "\"1\""), [Reply("phoenix", "\"1\"", "ok", "{}")]),
                    (Frame(topic, "phx_join", "{\"since\":\"x\"}", "\"2\""), [Reply(topic, "\"2\"", "error", """{"reason":"invalid_payload","field":"since","detail":"wrong type"}""")]),
                    (Frame("channel:nowhere", "phx_join", "{}", "\"3\""), [Reply("channel:nowhere", "\"3\"", "error", """{"reason":"unauthorized"}""")]),
                    (Frame("nosuch:1", "phx_join", "{}", "null"), [Reply("nosuch:1", "null", "error", """{"reason":"unmatched topic"}""")]),
                    (Frame(topic, "message:send", "{\"content\":\"x\"}", "4"), [Reply(topic, "4", "error", """{"reason":"unmatched topic"}""")]),
                    (Frame(topic, "phx_join", "{}", "\"5\""), [Reply(topic, "\"5\"", "ok", """{"head":1}""")]),
                    (Frame(topic, "nosuch", "{}", "\"6\""), [Reply(topic, "\"6\"", "error", """{"reason":"invalid_event"}""")]),
                    (Frame(topic, "phx_leave", "{}", "\"7\""), [Reply(topic, "\"7\"", "ok", "{}"), Frame(topic, "phx_close", "{}", "null")]),
                    (Frame(topic, "phx_leave", "{}", "\"8\""), [Reply(topic, "\"8\"", "ok", "{}")]),
                    // With join_ref: accepted, and the close carries it as its ref.
                    (Frame(topic, "phx_join", "{}", "\"9\"")[..^1] + ",\"join_ref\":\"9\"}", [Reply(topic, "\"9\"", "ok", """{"head":1}""")]),
                    (Frame(topic, "nosuch", "{}", "\"10\"")[..^1] + ",\"join_ref\":\"5\"}", []),
                    (Frame(topic, "phx_join", "{}", "\"11\""), [Reply(topic, "\"11\"", "ok", """{"head":1}"""), Frame(topic, "phx_close", "{}", "\"9\"")]),
                ];
                foreach (var (sent, back) in talk)
                {
                    await client.SendAsync(sent);
                    Assert.Equal(back, await client.NextAsync(back.Length));
                    await client.NothingElseAsync();
                }

                // V1 has no binary frames: JSON under that opcode is a frame.
                await client.SendRawAsync(ClientFrames.Binary(System.Text.Encoding.UTF8.GetBytes(Frame(topic, "message:send", "{\"content\":\"one\"}", "\"12\""))));
                var sentOut = await client.NextAsync();
                Assert.StartsWith($$"""{"topic":"{{topic}}","event":"message:new","payload":{"id":""", sentOut, StringComparison.Ordinal);
                Assert.EndsWith(",\"ref\":null}", sentOut, StringComparison.Ordinal);
                Assert.StartsWith($$"""{"topic":"{{topic}}","event":"phx_reply","payload":{"status":"ok","response":{"id":""", await client.NextAsync(), StringComparison.Ordinal);
            },
            journaled: 1);
    }

    private static string Frame(string topic, string name, string payload, string @ref) =>
        $$"""{"topic":"{{topic}}","event":"{{name}}","payload":{{payload}},"ref":{{@ref}}}""";

    private static string Reply(string topic, string @ref, string status, string response) =>
        Frame(topic, "phx_reply", $$$"""{"status":"{{{status}}}","response":{{{response}}}}""", @ref);

    private static byte[] BinaryPush(string joinRef, string @ref, string topic, string name, ReadOnlySpan<byte> data) =>
    [
        0, (byte)joinRef.Length, (byte)@ref.Length, (byte)topic.Length, (byte)name.Length,
        .. System.Text.Encoding.ASCII.GetBytes(joinRef + @ref + topic + name), .. data,
    ];

    private async Task<PhoenixClient> JoinedAsync()
    {
        var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        return client;
    }
}
