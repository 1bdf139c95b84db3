using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using QuikApp.Host.Tests.AsyncApi;
using QuikApp.Host.Tests.Sockets;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A socket of the product: sends texts as they are, reads what comes and checks that it says nothing of the inside, and nothing that is not described.</summary>
internal sealed class PhoenixClient : IDisposable
{
    private readonly ProductServer _server;
    private readonly RawClient _raw;
    private int _barriers;

    private PhoenixClient(ProductServer server, RawClient raw, bool isV1)
    {
        _server = server;
        _raw = raw;
        IsV1 = isV1;
    }

    /// <summary>Whether the socket speaks V1.</summary>
    public bool IsV1 { get; }

    public static Task<PhoenixClient> ConnectAsync(
        ProductServer server, string user, string vsn = "2.0.0", Role role = Role.Member, TimeSpan? life = null, int receiveBuffer = 0) =>
        ConnectWithAsync(server, server.Token(user, role, life), vsn, forwardedFor: $"user-{user}", receiveBuffer);

    /// <summary>Connects with a token; each name in <paramref name="forwardedFor"/> stands for an address of its own.</summary>
    public static async Task<PhoenixClient> ConnectWithAsync(
        ProductServer server, string token, string vsn = "2.0.0", string forwardedFor = "", int receiveBuffer = 0)
    {
        var request = Handshake.Request(
            server, $"/socket/websocket?vsn={vsn}&token={token}", headers: [$"X-Forwarded-For: {Handshake.AddressOf(forwardedFor)}"]);
        var raw = await RawClient.RequestAsync(server.Endpoint, request, receiveBuffer);
        Assert.StartsWith("HTTP/1.1 101 ", raw.ResponseHead, StringComparison.Ordinal);
        return new PhoenixClient(server, raw, vsn.StartsWith('1'));
    }

    /// <summary>Wraps a connection that was upgraded by hand.</summary>
    public static PhoenixClient Over(ProductServer server, RawClient raw, bool isV1) => new(server, raw, isV1);

    /// <summary>Sends texts, all in one write: they arrive pipelined.</summary>
    public Task SendAsync(params string[] texts) => _raw.SendAsync([.. texts.Select(text => ClientFrames.Text(text))]);

    /// <summary>Sends bytes, right or wrong.</summary>
    public Task SendRawAsync(params byte[][] frames) => _raw.SendAsync(frames);

    /// <summary>The next text.</summary>
    public async Task<string> NextAsync()
    {
        var frame = await _raw.ReadFrameAsync();
        Assert.NotNull(frame);
        Assert.True(frame.Value.First == 0x81, $"expected a text, got {frame.Value.First:x2} {Convert.ToHexString(frame.Value.Payload)}");
        var text = Encoding.UTF8.GetString(frame.Value.Payload);
        _server.AssertDiscreet(text);
        Assert.True(DescribedFrames.IsOfServer(text), $"not described: {text}");
        return text;
    }

    /// <summary>The next texts.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
            texts.Add(await NextAsync());
        return texts;
    }

    /// <summary>Sends one text and reads one.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return await NextAsync();
    }

    /// <summary>Joins a topic, which must be granted; gives back the reply's response.</summary>
    public async Task<JsonElement> JoinAsync(string topic, string joinRef = "1", string payload = "{}")
    {
        await SendAsync(IsV1
            ? $$"""{"topic":"{{topic}}","event":"phx_join","payload":{{payload}},"ref":"{{joinRef}}","join_ref":"{{joinRef}}"}"""
            : $$"""["{{joinRef}}","{{joinRef}}","{{topic}}","phx_join",{{payload}}]""");
        var reply = JsonDocument.Parse(await NextAsync()).RootElement;
        var body = IsV1 ? reply.GetProperty("payload") : reply[4];
        Assert.Equal("ok", body.GetProperty("status").GetString());
        return body.GetProperty("response");
    }

    /// <summary>Pushes and reads on to the reply of this ref, passing over events; gives back status and response.</summary>
    public async Task<JsonElement> PushAsync(string topic, string @event, string payload, string @ref = "9")
    {
        await SendAsync($$"""[null,"{{@ref}}","{{topic}}","{{@event}}",{{payload}}]""");
        while (true)
        {
            var frame = JsonDocument.Parse(await NextAsync()).RootElement;
            if (frame[1].ValueKind == JsonValueKind.String && frame[1].GetString() == @ref)
                return frame[4];
        }
    }

    /// <summary>Proves by a heartbeat that nothing else is on its way: messages are handled, and these answered, in order.</summary>
    public async Task NothingElseAsync()
    {
        var beat = $"barrier-{++_barriers}";
        var (ask, answer) = IsV1
            ? ("""{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"BEAT"}""",
                """{"topic":"phoenix","event":"phx_reply","payload":{"status":"ok","response":{}},"ref":"BEAT"}""")
            : ("""[null,"BEAT","phoenix","heartbeat",{}]""", """[null,"BEAT","phoenix","phx_reply",{"status":"ok","response":{}}]""");
        Assert.Equal(answer.Replace("BEAT", beat, StringComparison.Ordinal), await AskAsync(ask.Replace("BEAT", beat, StringComparison.Ordinal)));
    }

    /// <summary>The code of the close frame, which must be the next frame; no reason may tell of the inside.</summary>
    public async Task<int> ClosedAsync()
    {
        var frame = await _raw.ReadFrameAsync();
        Assert.NotNull(frame);
        Assert.True(frame.Value.First == 0x88, $"expected a close, got {frame.Value.First:x2} {Encoding.UTF8.GetString(frame.Value.Payload)}");
        _server.AssertDiscreet(Encoding.UTF8.GetString(frame.Value.Payload[2..]));
        return BinaryPrimitives.ReadUInt16BigEndian(frame.Value.Payload);
    }

    /// <summary>The next text, a pong or two before it.</summary>
    public async Task<string> NextTextPastPongsAsync() => Encoding.UTF8.GetString((await NextPastPongsAsync(0x81)).Payload);

    /// <summary>The code of the close frame, a pong or two before it.</summary>
    public async Task<int> CloseCodePastPongsAsync() => BinaryPrimitives.ReadUInt16BigEndian((await NextPastPongsAsync(0x88)).Payload);

    /// <summary>Reads texts up to the close frame.</summary>
    public async Task<(int Code, IReadOnlyList<string> Texts)> ReadToCloseAsync()
    {
        var texts = new List<string>();
        while (await _raw.ReadFrameAsync() is { } frame)
        {
            if (frame.First == 0x88)
                return (BinaryPrimitives.ReadUInt16BigEndian(frame.Payload), texts);
            texts.Add(Encoding.UTF8.GetString(frame.Payload));
        }

        return (0, texts);
    }

    public void Dispose() => _raw.Dispose();

    private async Task<(int First, byte[] Payload)> NextPastPongsAsync(int first)
    {
        while (true)
        {
            var frame = await _raw.ReadFrameAsync();
            Assert.NotNull(frame);
            if (frame.Value.First == 0x8A)
                continue;
            Assert.Equal(first, frame.Value.First);
            return frame.Value;
        }
    }
}
