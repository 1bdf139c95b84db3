namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Heartbeat, join, rejoin and leave as a Phoenix server does them.</summary>
[Collection(OpenServerTests.Name)]
public sealed class MembershipFrameTests(OpenServer server)
{
    private const string Joined = """["1","1","channel:general","phx_reply",{"status":"ok","response":{"head":1}}]""";

    public static TheoryData<string, string[]> Conversations => new()
    {
        { """[null,"1","phoenix","heartbeat",{}]""", ["""[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]"""] },
        { """["7","1","phoenix","heartbeat",null]""", ["""[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]"""] },
        { """["7",{"a":[1]},"phoenix","heartbeat","x"]""", ["""[null,{"a":[1]},"phoenix","phx_reply",{"status":"ok","response":{}}]"""] },
        { """[null,"1","phoenix","heartbeat",{},"more",6]""", ["""[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]"""] },
        { """[null,"1","phoenix","other",{}]""", ["""[null,"1","phoenix","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1","phoenix","phx_join",{}]""", ["""[null,"1","phoenix","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1","channel:general","phx_join",{}]""", [Joined] },
        { """["1","1","channel:general","phx_join",null]""", [Joined] },
        { """[null,"1","channel:general","phx_join",{}]""", ["""[null,"1","channel:general","phx_reply",{"status":"ok","response":{"head":1}}]"""] },
        { """["1",null,"channel:general","phx_join",{}]""", ["""["1",null,"channel:general","phx_reply",{"status":"ok","response":{"head":1}}]"""] },
        { """[1,2.50,"channel:general","phx_join",{}]""", ["""[1,2.50,"channel:general","phx_reply",{"status":"ok","response":{"head":1}}]"""] },
        { """["1","1","channel:nowhere","phx_join",{}]""", ["""["1","1","channel:nowhere","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]"""] },
        { """["1","1","channel:","phx_join",{}]""", ["""["1","1","channel:","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]"""] },
        { """["1","1","channel:../etc/passwd","phx_join",{}]""", ["""["1","1","channel:../etc/passwd","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]"""] },
        { """["1","1","channel:a:b","phx_join",{}]""", ["""["1","1","channel:a:b","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]"""] },
        { """["1","1","channel","phx_join",{}]""", ["""[null,"1","channel","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1","Channel:general","phx_join",{}]""", ["""[null,"1","Channel:general","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1","nosuch:1","phx_join",{}]""", ["""[null,"1","nosuch:1","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1","","phx_join",{}]""", ["""[null,"1","","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1",5,"phx_join",{}]""", ["""[null,"1",5,"phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1",null,"phx_join",{}]""", ["""[null,"1",null,"phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1",{"t":1},"phx_join",{}]""", ["""[null,"1",{"t":1},"phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]"""] },
        { """["1","1","channel:general","phx_join",{"since":-1}]""", ["""["1","1","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_payload","field":"since","detail":"out of range"}}]"""] },
        { """["1","1","channel:general","phx_join",{"since":"1"}]""", ["""["1","1","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_payload","field":"since","detail":"wrong type"}}]"""] },
        { """["1","1","channel:general","phx_join",{"mode":"none"}]""", ["""["1","1","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_payload","field":"mode","detail":"not of the documented format"}}]"""] },
        { """["1","1","channel:general","phx_join",{"user":"bob"}]""", ["""["1","1","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_payload","detail":"unknown member"}}]"""] },
        { """["1","1","channel:general","phx_join","x"]""", ["""["1","1","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_payload","detail":"not an object"}}]"""] },
        { """["1","2","channel:general","phx_leave",{}]""", ["""[null,"2","channel:general","phx_reply",{"status":"ok","response":{}}]"""] },
        { """["1","2","nosuch:1","phx_leave",{}]""", ["""[null,"2","nosuch:1","phx_reply",{"status":"ok","response":{}}]"""] },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public Task Frame_OnAFreshSocket_IsAnsweredExactly(string sent, string[] answers) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.SendAsync(sent);
        Assert.Equal(answers, await client.NextAsync(answers.Length));
        await client.NothingElseAsync();
    });

    [Fact]
    public Task Join_Again_AnswersAndThenClosesTheOldJoin() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        await client.SendAsync("""["2","2","channel:general","phx_join",{}]""");
        Assert.Equal("""["2","2","channel:general","phx_reply",{"status":"ok","response":{"head":1}}]""", await client.NextAsync());
        Assert.Equal("""["1","1","channel:general","phx_close",{}]""", await client.NextAsync());

        // The old join's frames are stale now: dropped without a word. The new one's and nameless ones are not.
        await client.SendAsync("""["1","3","channel:general","nosuch",{}]""", """["1","4","channel:general","phx_leave",{}]""");
        await client.NothingElseAsync();
        const string InvalidEvent = """["2","5","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_event"}}]""";
        Assert.Equal(InvalidEvent, await client.AskAsync("""["2","5","channel:general","nosuch",{}]"""));
        Assert.Equal(InvalidEvent, await client.AskAsync("""[null,"5","channel:general","nosuch",{}]"""));
    });

    [Fact]
    public Task Join_RefIsANumber_StringIsStale() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.SendAsync("""[1,1,"channel:general","phx_join",{}]""");
        await client.NextAsync();
        await client.SendAsync("""["1","2","channel:general","nosuch",{}]""");
        await client.NothingElseAsync();
        Assert.Equal(
            """[1,"2","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_event"}}]""",
            await client.AskAsync("""[1,"2","channel:general","nosuch",{}]"""));
    });

    [Fact]
    public Task Join_RefNull_LaterFramesCarryTheRef() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.SendAsync("""[null,"1","channel:general","phx_join",{}]""");
        await client.NextAsync();
        Assert.Equal(
            """["1","2","channel:general","phx_reply",{"status":"error","response":{"reason":"invalid_event"}}]""",
            await client.AskAsync("""[null,"2","channel:general","nosuch",{}]"""));
    });

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public Task Leave_Joined_AnswersThenCloses(string joinRef) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        await client.SendAsync($$"""[{{joinRef}},"2","channel:general","phx_leave",{}]""", """["1","3","channel:general","message:send",{"content":"x"}]""");
        Assert.Equal("""["1","2","channel:general","phx_reply",{"status":"ok","response":{}}]""", await client.NextAsync());
        Assert.Equal("""["1","1","channel:general","phx_close",{}]""", await client.NextAsync());
        Assert.Equal("""[null,"3","channel:general","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]""", await client.NextAsync());
        await client.NothingElseAsync();
    });

    [Fact]
    public Task Leave_ThenJoinPipelined_AnsweredInOrder() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.SendAsync(
            """["1","1","channel:general","phx_join",{}]""",
            """["1","2","channel:general","phx_leave",{}]""",
            """["3","3","channel:general","phx_join",{}]""");
        string[] expected =
        [
            Joined,
            """["1","2","channel:general","phx_reply",{"status":"ok","response":{}}]""",
            """["1","1","channel:general","phx_close",{}]""",
            """["3","3","channel:general","phx_reply",{"status":"ok","response":{"head":1}}]""",
        ];
        Assert.Equal(expected, await client.NextAsync(4));
        await client.NothingElseAsync();
    });

    [Fact]
    public async Task Leave_BehindAPushUnanswered_EverythingInOrderAndOnce()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice");
                await client.SendAsync(
                    $$"""["1","1","{{topic}}","phx_join",{}]""",
                    $$"""["1","2","{{topic}}","message:send",{"content":"last"}]""",
                    $$"""["1","3","{{topic}}","phx_leave",{}]""",
                    $$"""["1","4","{{topic}}","message:send",{"content":"too late"}]""",
                    $$"""["5","5","{{topic}}","phx_join",{}]""");
                var frames = await client.NextAsync(7);
                Assert.StartsWith($$"""["1","1","{{topic}}","phx_reply",{"status":"ok",""", frames[0], StringComparison.Ordinal);
                Assert.StartsWith($$"""[null,null,"{{topic}}","message:new",""", frames[1], StringComparison.Ordinal);
                Assert.StartsWith($$"""["1","2","{{topic}}","phx_reply",{"status":"ok",""", frames[2], StringComparison.Ordinal);
                Assert.Equal(Reply(topic, "\"1\"", "3", "ok", "{}"), frames[3]);
                Assert.Equal($$"""["1","1","{{topic}}","phx_close",{}]""", frames[4]);
                Assert.Equal(Reply(topic, "null", "4", "error", """{"reason":"unmatched topic"}"""), frames[5]);
                Assert.Equal(Reply(topic, "\"5\"", "5", "ok", """{"head":2}"""), frames[6]);
                await client.NothingElseAsync();
            },
            journaled: 1);
    }

    [Fact]
    public async Task Leave_WhileThePastIsTold_NothingComesBehindTheClose()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var author = await PhoenixClient.ConnectAsync(server, "author");
        await author.JoinAsync(topic);
        for (var i = 0; i < 400; i++)
            await author.SendAsync($$"""["1","s{{i}}","{{topic}}","message:send",{"content":"{{i}}"}]""");
        await author.NextAsync(800);

        await server.UnharmedAsync(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                using var client = await PhoenixClient.ConnectAsync(server, "alice");
                await client.SendAsync(
                    $$"""["1","1","{{topic}}","phx_join",{"since":0}]""", """[null,"a","phoenix","heartbeat",{}]""", $$"""["1","2","{{topic}}","phx_leave",{}]""");
                string frame;
                do
                    frame = await client.NextAsync();
                while (!frame.Contains("phx_close", StringComparison.Ordinal));
                await client.NothingElseAsync();
                await client.NothingElseAsync();
            }
        });
    }

    [Fact]
    public async Task Join_101stTopic_IsRefusedAndLeavingOneMakesRoom()
    {
        var channels = new List<string>();
        for (var i = 0; i < 101; i++)
            channels.Add(await server.ChannelAsync());
        await server.UnharmedAsync(async () =>
        {
            using var client = await PhoenixClient.ConnectAsync(server, "alice");
            foreach (var channel in channels.Take(100))
                await client.JoinAsync($"channel:{channel}");
            var last = $"channel:{channels[100]}";
            Assert.Equal(
                Reply(last, "\"9\"", "9", "error", """{"reason":"too many channels joined"}"""),
                await client.AskAsync($$"""["9","9","{{last}}","phx_join",{}]"""));
            // A topic that is joined already may be joined again.
            await client.JoinAsync($"channel:{channels[0]}", "10");
            Assert.Contains("phx_close", await client.NextAsync(), StringComparison.Ordinal);
            await client.SendAsync($$"""["1","11","channel:{{channels[1]}}","phx_leave",{}]""");
            await client.NextAsync(2);
            await client.JoinAsync(last, "12");
        });
    }

    private static string Reply(string topic, string joinRef, string @ref, string status, string response) =>
        $$$"""[{{{joinRef}}},"{{{@ref}}}","{{{topic}}}","phx_reply",{"status":"{{{status}}}","response":{{{response}}}}]""";
}
