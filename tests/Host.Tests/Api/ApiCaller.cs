using System.Net.Http.Headers;
using System.Text;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Somebody with a token, over real HTTP. Every answer is checked for what the inside must not tell.</summary>
internal sealed class ApiCaller : IDisposable
{
    private readonly ProductServer _server;
    private readonly HttpClient _http;
    private readonly string? _token;

    private ApiCaller(ProductServer server, string? token, string? address)
    {
        _server = server;
        _token = token;
        _http = new HttpClient { BaseAddress = new Uri($"http://{server.Endpoint}") };
        if (address is not null)
            _http.DefaultRequestHeaders.Add("X-Forwarded-For", Handshake.AddressOf(address).ToString());
    }

    /// <summary>A user of the workspace.</summary>
    public static ApiCaller As(ProductServer server, string user, Role role = Role.Member, string workspace = "demo", string? address = null) =>
        new(server, server.Token(user, role, workspace: workspace), address);

    /// <summary>Somebody with a token of the test's making, or without one.</summary>
    public static ApiCaller With(ProductServer server, string? token, string? address = null) => new(server, token, address);

    public Task<ApiAnswer> GetAsync(string path) => SendAsync("GET", path);

    public Task<ApiAnswer> PostAsync(string path, string? json, string? key = null) => SendAsync("POST", path, json, key);

    public Task<ApiAnswer> PatchAsync(string path, string json) => SendAsync("PATCH", path, json);

    public Task<ApiAnswer> PutAsync(string path) => SendAsync("PUT", path);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync("DELETE", path);

    /// <summary>One member of each item of a whole list, page after page.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string path, string member, int limit = 50)
    {
        var found = new List<string>();
        var query = $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}";
        string? next = "";
        while (next is not null)
        {
            var page = (await GetAsync($"{path}{query}{(next.Length > 0 ? $"&cursor={next}" : "")}")).Ok().Json;
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, limit);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!));
            Assert.Equal(page.GetProperty("more").GetBoolean(), page.TryGetProperty("next", out var cursor));
            next = cursor.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : cursor.GetString();
        }

        return found;
    }

    /// <summary>Sends a message that must be taken; gives back its id.</summary>
    public async Task<string> SayAsync(string channel, string text) =>
        (await PostAsync($"channels/{channel}/messages", $$"""{"content":"{{text}}"}""")).Ok(201).Json.GetProperty("id").GetString()!;

    /// <summary>Sends a request to a path below <c>/api/v1/</c>.</summary>
    public Task<ApiAnswer> SendAsync(string method, string path, string? json = null, string? key = null)
    {
        HttpContent? body = null;
        if (json is not null)
            body = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return RawAsync(method, $"/api/v1/{path}", body, key is null ? null : ("Idempotency-Key", key));
    }

    /// <summary>Sends a request with any body and one more header.</summary>
    public async Task<ApiAnswer> RawAsync(string method, string path, HttpContent? body = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body };
        if (_token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_token}");
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(h => h.Key != "Date")
            .Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")
            .Order(StringComparer.Ordinal);
        var answer = new ApiAnswer((int)response.StatusCode, $"{(int)response.StatusCode}\n{string.Join('\n', headers)}", text);
        _server.AssertDiscreet(answer.Whole);
        return answer;
    }

    public void Dispose() => _http.Dispose();
}
