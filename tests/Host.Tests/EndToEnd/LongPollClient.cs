using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A long poll of the product, request by request; checks that no answer says anything of the inside.</summary>
internal sealed class LongPollClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ProductServer _server;
    private readonly string _query;
    private readonly HttpClient _http;
    private readonly Queue<string> _frames = new();

    /// <param name="server">The server.</param>
    /// <param name="accessToken">The access token; null when it travels in <paramref name="headers"/>, or not at all.</param>
    /// <param name="vsn">The wire.</param>
    /// <param name="headers">Sent with every request.</param>
    /// <param name="baseAddress">Where the requests go, when not to the server itself.</param>
    public LongPollClient(
        ProductServer server, string? accessToken, string vsn = "2.0.0", (string Name, string Value)[]? headers = null, Uri? baseAddress = null)
    {
        _server = server;
        _query = $"?{(accessToken is null ? "" : $"token={accessToken}&")}vsn={vsn}";
        _http = new HttpClient { BaseAddress = baseAddress ?? new Uri($"http://{server.Endpoint}"), Timeout = Patience };
        foreach (var (name, value) in headers ?? [])
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    }

    /// <summary>The session token of the next request, as the newest answer gave it; null before the first.</summary>
    public string? Token { get; set; }

    /// <summary>Where this client's requests go, the session token included.</summary>
    public string Path => $"/socket/longpoll{_query}&{(Token is null ? "" : $"token={Token}")}";

    /// <summary>A client of a user with a session.</summary>
    public static async Task<LongPollClient> ConnectAsync(ProductServer server, string user, string vsn = "2.0.0", TimeSpan? life = null)
    {
        var client = new LongPollClient(server, server.Token(user, life: life), vsn);
        Assert.Equal(410, (await client.PollAsync()).GetProperty("status").GetInt32());
        Assert.NotNull(client.Token);
        return client;
    }

    /// <summary>One GET; takes over the token of the answer, as a stock client does.</summary>
    public async Task<JsonElement> PollAsync(CancellationToken cancellation = default)
    {
        using var response = await _http.GetAsync(Path, cancellation);
        var answer = await ReadAsync(response);
        if (answer.TryGetProperty("token", out var token))
            Token = token.GetString();
        if (Token is not null)
            _server.Planted(Token);
        return answer;
    }

    /// <summary>One POST of messages, a line each, as a stock client does.</summary>
    public Task<string> PushAsync(params string[] frames) => PostAsync(string.Join('\n', frames), "application/x-ndjson");

    /// <summary>One POST of anything; gives back the body of the answer.</summary>
    public Task<string> PostAsync(string body, string? contentType) => PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), contentType);

    /// <inheritdoc cref="PostAsync(string, string?)"/>
    public async Task<string> PostAsync(HttpContent content, string? contentType = null)
    {
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await _http.PostAsync(new Uri(Path, UriKind.Relative), content);
        return (await ReadAsync(response)).GetRawText();
    }

    /// <summary>The next message, polling for it.</summary>
    public async Task<string> NextAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (_frames.Count == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "no message came");
            var answer = await PollAsync();
            Assert.True(answer.GetProperty("status").GetInt32() is 200 or 204, answer.GetRawText());
            foreach (var message in answer.GetProperty("messages").EnumerateArray())
                _frames.Enqueue(message.GetString()!);
        }

        return _frames.Dequeue();
    }

    /// <summary>The next messages.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
            texts.Add(await NextAsync());
        return texts;
    }

    /// <summary>Joins a topic, which must be granted; gives back the reply's response.</summary>
    public async Task<JsonElement> JoinAsync(string topic, string joinRef = "1", string payload = "{}")
    {
        Assert.Equal("""{"status":200}""", await PushAsync($$"""["{{joinRef}}","{{joinRef}}","{{topic}}","phx_join",{{payload}}]"""));
        var reply = JsonDocument.Parse(await NextAsync()).RootElement;
        Assert.Equal("ok", reply[4].GetProperty("status").GetString());
        return reply[4].GetProperty("response");
    }

    /// <summary>Polls until the session is gone; gives back that answer.</summary>
    public async Task<JsonElement> GoneAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            var answer = await PollAsync();
            if (answer.GetProperty("status").GetInt32() == 410)
                return answer;
        }

        throw new TimeoutException("the session is still there");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        _server.AssertDiscreet(response.Headers + body);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        return JsonDocument.Parse(body).RootElement;
    }
}
