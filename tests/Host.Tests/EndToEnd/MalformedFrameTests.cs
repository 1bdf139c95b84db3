using System.Text;
using QuikApp.Host.Tests.Sockets;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>What the wire does not allow ends the socket that sent it, with the code that says whose fault it was.</summary>
[Collection(OpenServerTests.Name)]
public sealed class MalformedFrameTests(OpenServer server)
{
    private const string Send = """["1","2","channel:general","message:send",""";

    /// <summary>Texts that are no V2 frame, by a name that a report can show.</summary>
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["empty"] = "",
        ["white space"] = " \r\n\t",
        ["word"] = "ping",
        ["NUL"] = "\0",
        ["truncated array"] = """[null,"1","phoenix","heartbeat",{}""",
        ["truncated string"] = """[null,"1","phoenix","heartbe""",
        ["trailing garbage"] = """[null,"1","phoenix","heartbeat",{}] x""",
        ["two frames in one"] = """[null,"1","phoenix","heartbeat",{}][null,"1","phoenix","heartbeat",{}]""",
        ["byte order mark"] = "\ufeff" + """[null,"1","phoenix","heartbeat",{}]""",
        ["comment"] = """[null,"1","phoenix","heartbeat",/**/{}]""",
        ["line comment"] = """[null,"1","phoenix","heartbeat",{}]//""",
        ["trailing comma"] = """[null,"1","phoenix","heartbeat",{},]""",
        ["single quotes"] = "[null,'1','phoenix','heartbeat',{}]",
        ["NaN"] = """[null,NaN,"phoenix","heartbeat",{}]""",
        ["leading zero"] = """[null,01,"phoenix","heartbeat",{}]""",
        ["control character in a string"] = "[null,\"1\",\"phoenix\n\",\"heartbeat\",{}]",
        ["an object"] = """{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}""",
        ["a number"] = "42",
        ["a string"] = "\"phoenix\"",
        ["null"] = "null",
        ["true"] = "true",
        ["no element"] = "[]",
        ["one element"] = "[null]",
        ["four elements"] = """[null,"1","phoenix","heartbeat"]""",
        ["lone high surrogate"] = """[null,"1","phoenix","heartbeat",{"a":"\ud83d"}]""",
        ["lone low surrogate"] = """[null,"1","phoenix","heartbeat",{"a":"\ude00"}]""",
        ["surrogates the wrong way round"] = """[null,"\ude00\ud83d","phoenix","heartbeat",{}]""",
        ["lone surrogate in a key"] = """[null,"1","phoenix","heartbeat",{"\ud83d":1}]""",
        ["lone surrogate in a topic"] = """[null,"1","channel:\ud83d","phx_join",{}]""",
        ["duplicate key"] = Send + """{"content":"a","content":"b"}]""",
        ["duplicate key, escaped"] = Send + """{"content":"a","c\u006fntent":"b"}]""",
        ["duplicate key deep"] = Send + """{"content":[{"a":{"b":1,"b":2}}]}]""",
        ["duplicate key in an ignored element"] = """[null,"1","phoenix","heartbeat",{},{"a":1,"a":1}]""",
        ["duplicate key in a ref"] = """[null,{"a":1,"a":1},"phoenix","heartbeat",{}]""",
        ["depth 17"] = """[null,"1","phoenix","heartbeat",""" + new string('[', 16) + new string(']', 16) + "]",
        ["depth 30,000"] = new string('[', 30_000) + new string(']', 30_000),
        ["depth 30,000 of objects"] = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
        ["open brackets only"] = new string('[', 60_000),
        ["a bomb of keys, one twice"] = Send + "{" + string.Join(',', Enumerable.Range(0, 6000).Select(i => $"\"k{i}\":0")) + ",\"k5999\":0}]",
    };

    /// <summary>Texts that are no V1 frame.</summary>
    private static readonly Dictionary<string, string> V1Texts = new()
    {
        ["empty"] = "",
        ["word"] = "ping",
        ["an array"] = """[null,"1","phoenix","heartbeat",{}]""",
        ["no topic"] = """{"event":"heartbeat","payload":{},"ref":"1"}""",
        ["no event"] = """{"topic":"phoenix","payload":{},"ref":"1"}""",
        ["no payload"] = """{"topic":"phoenix","event":"heartbeat","ref":"1"}""",
        ["no ref"] = """{"topic":"phoenix","event":"heartbeat","payload":{}}""",
        ["duplicate topic"] = """{"topic":"phoenix","topic":"channel:general","event":"heartbeat","payload":{},"ref":"1"}""",
        ["duplicate in an extra key"] = """{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1","x":{"a":1,"a":1}}""",
        ["depth 17"] = """{"topic":"phoenix","event":"heartbeat","ref":"1","payload":""" + new string('[', 16) + new string(']', 16) + "}",
        ["lone surrogate"] = """{"topic":"phoenix","event":"heartbeat","payload":{"a":"\udfff"},"ref":"1"}""",
        ["trailing garbage"] = """{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}}""",
    };

    /// <summary>Binary frames that are none of V2's, in hexadecimal.</summary>
    public static TheoryData<string> Binaries =>
    [
        "", "00", "0001", "00010101", "0000000000"[..8],
        // Kinds that clients do not send: reply, broadcast, what is no kind, and realtime-js's own.
        "0101010702" + "3131" + "70686f656e6978" + "6f6b", "0207096368", "0300000000", "0900000000", "ff00000000",
        // Lengths past the end.
        "00ff000000", "0001010a03" + "31", "0001010a03" + "3132" + "6368616e6e656c3a6e31", "00ffffffff" + "00", "00000000ff" + "0102",
        // Not UTF-8: alone, overlong, and a character that reaches from one name into the next.
        "0001000000" + "ff", "0000020000" + "c0af", "0000000101" + "c3a9", "0000000300" + "eda080",
        // JSON under the binary opcode.
        "5b6e756c6c2c2231222c2270686f656e6978222c22686561727462656174222c7b7d5d",
    ];

    /// <summary>Frames as bytes, in hexadecimal, with the close code of RFC 6455 §7.4.1.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        // Unmasked, reserved bits, reserved opcodes.
        { "810568656c6c6f", 1002 },
        { "c18000000000", 1002 },
        { "a18000000000", 1002 },
        { "918000000000", 1002 },
        { "838000000000", 1002 },
        { "878000000000", 1002 },
        { "8b8000000000", 1002 },
        { "8f8000000000", 1002 },
        // Control frames: in fragments, or longer than 125 bytes.
        { "098000000000", 1002 },
        { "088000000000", 1002 },
        { "89fe007e", 1002 },
        { "88fe007e", 1002 },
        // Fragments: continuation of nothing, a new message within another.
        { "808000000000", 1002 },
        { "008000000000", 1002 },
        { "018100000000" + "61" + "818000000000", 1002 },
        // Lengths that are not minimal, negative, or too big; the last before a byte of the payload was sent.
        { "81fe0001" + "00000000" + "61", 1002 },
        { "81ff0000000000000001" + "00000000" + "61", 1002 },
        { "81ffffffffffffffffff" + "00000000", 1002 },
        { "81ff0000000000010001" + "00000000", 1009 },
        { "82ff7fffffffffffffff" + "00000000", 1009 },
        // Close codes that must not be on the wire, one byte of a code, and a reason that is not UTF-8.
        { "888100000000" + "03", 1002 },
        { "888200000000" + "03ed", 1002 },
        { "888200000000" + "03ee", 1002 },
        { "888200000000" + "0000", 1002 },
        { "888200000000" + "ffff", 1002 },
        { "888300000000" + "03e8ff", 1007 },
        // Text that is not UTF-8, whole, in fragments, overlong, a surrogate, too high, and cut short.
        { "818100000000" + "ff", 1007 },
        { "818200000000" + "c328", 1007 },
        { "818200000000" + "c0af", 1007 },
        { "818300000000" + "eda080", 1007 },
        { "818400000000" + "f4908080", 1007 },
        { "818200000000" + "5bc3", 1007 },
        { "018100000000" + "c3" + "808100000000" + "28", 1007 },
        { "018100000000" + "c3" + "808000000000", 1007 },
    };

    public static TheoryData<string> TextNames => [.. Texts.Keys];

    public static TheoryData<string> V1TextNames => [.. V1Texts.Keys];

    [Theory]
    [MemberData(nameof(TextNames))]
    public Task Text_NoFrame_Closes1007AndNothingBehindItCounts(string name) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        await client.SendAsync(Texts[name], Send + """{"content":"behind a broken frame"}]""");
        Assert.Equal(1007, await client.ClosedAsync());
    });

    [Theory]
    [MemberData(nameof(V1TextNames))]
    public Task V1Text_NoFrame_Closes1007(string name) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("1.0.0");
        await client.SendAsync(V1Texts[name]);
        Assert.Equal(1007, await client.ClosedAsync());
    });

    [Theory]
    [MemberData(nameof(Binaries))]
    public Task Binary_NoFrame_Closes1007(string hex) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        await client.SendRawAsync(ClientFrames.Binary(Convert.FromHexString(hex)));
        Assert.Equal(1007, await client.ClosedAsync());
    });

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Framing_Broken_ClosesWithTheCodeOfTheRfc(string hex, int code) => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        await client.SendRawAsync(Convert.FromHexString(hex), ClientFrames.Text(Send + """{"content":"behind a broken frame"}]"""));
        Assert.Equal(code, await client.ClosedAsync());
    });

    [Fact]
    public Task Message_64KilobytesAndOne_Closes1009InOnePieceAndInFragments() => server.UnharmedAsync(async () =>
    {
        var frame = Send + "{\"content\":\"" + new string('a', 64 * 1024) + "\"}]";
        using var whole = await JoinedAsync("2.0.0");
        await whole.SendAsync(frame);
        Assert.Equal(1009, await whole.ClosedAsync());

        using var cut = await JoinedAsync("2.0.0");
        var bytes = Encoding.UTF8.GetBytes(frame);
        await cut.SendRawAsync(
            ClientFrames.Frame(1, bytes[..40_000], fin: false), ClientFrames.Frame(0, bytes[40_000..], fin: true));
        Assert.Equal(1009, await cut.ClosedAsync());
    });

    [Fact]
    public Task Message_Exactly64Kilobytes_IsAFrame() => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        var frame = """[null,"1","phoenix","heartbeat",""" + "\"\"]";
        await client.SendAsync(frame.Insert(frame.Length - 2, new string('a', 64 * 1024 - frame.Length)));
        Assert.Contains("\"status\":\"ok\"", await client.NextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Fragments_64AreAMessageAnd65Close1008() => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        var bytes = Encoding.UTF8.GetBytes("""[null,"1","phoenix","heartbeat","a text long enough to be cut into sixty-five"]""");
        await client.SendRawAsync(Cut(bytes, 64, ClientFrames.Ping("between")));
        Assert.Contains("\"status\":\"ok\"", await client.NextTextPastPongsAsync(), StringComparison.Ordinal);
        await client.SendRawAsync(Cut(bytes, 65, ClientFrames.Ping("between")));
        Assert.Equal(1008, await client.CloseCodePastPongsAsync());
    });

    [Fact]
    public Task Fragment_NeverFinished_Closes1008() => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        await client.SendRawAsync(ClientFrames.Text("[null,", fin: false));
        Assert.Equal(1008, await client.ClosedAsync());
    });

    [Fact]
    public Task Payload_Depth16AndOddNames_AreAFrame() => server.UnharmedAsync(async () =>
    {
        using var client = await JoinedAsync("2.0.0");
        foreach (var payload in new[]
        {
            new string('[', 15) + new string(']', 15), """{"__proto__":1,"constructor":2,"$type":"System.IO.FileInfo, System"}""", "1e9999", "-0", "9007199254740993",
            "{" + string.Join(',', Enumerable.Range(0, 6000).Select(i => $"\"k{i}\":0")) + "}",
        })
        {
            Assert.Equal(
                """[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]""",
                await client.AskAsync($"""[null,"1","phoenix","heartbeat",{payload}]"""));
        }
    });

    private static byte[][] Cut(byte[] message, int pieces, byte[] between)
    {
        var frames = new List<byte[]>();
        for (var i = 0; i < pieces; i++)
        {
            var piece = i == pieces - 1 ? message[i..] : message[i..(i + 1)];
            frames.Add(ClientFrames.Frame(i == 0 ? 1 : 0, piece, fin: i == pieces - 1));
            if (i == pieces / 2)
                frames.Add(between);
        }

        return [.. frames];
    }

    private async Task<PhoenixClient> JoinedAsync(string vsn)
    {
        var client = await PhoenixClient.ConnectAsync(server, "alice", vsn);
        await client.JoinAsync("channel:general");
        return client;
    }
}
