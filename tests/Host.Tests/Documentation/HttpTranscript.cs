using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using QuikApp.Host.Tests.Api;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>
/// Plays requests of a page against a server. Ids, times, cursors, ports and the build differ from run to run: an id of the page stands for
/// the one that the server gave in its place, from its first appearance on; the others are compared by their form.
/// </summary>
internal sealed partial class HttpTranscript(ApiServer server)
{
    private static readonly string[] Compared = ["Location", "WWW-Authenticate", "Retry-After", "Allow"];

    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>Sends a request.</summary>
    /// <param name="request">As the page shows it.</param>
    /// <param name="answer">As the page shows it.</param>
    /// <returns>The answer shown and the answer found, in a form in which they can be compared.</returns>
    public async Task<(string Shown, string Found)> PlayAsync(string request, string answer)
    {
        var (head, body) = Split(_ids.Aggregate(request, (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal)));
        var line = head[0].Split(' ');
        var headers = head.Skip(1).Select(h => h.Split(": ", 2)).ToDictionary(h => h[0], h => h[1]);
        using var caller = ApiCaller.With(server, headers.TryGetValue("Authorization", out var who) ? TokenOf(who) : null);
        using var content = body.Length == 0 ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (content is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(headers["Content-Type"]);
        var found = await caller.RawAsync(
            line[0], line[1], content, headers.TryGetValue("Idempotency-Key", out var key) ? ("Idempotency-Key", key) : null);

        var (shownHead, shownBody) = Split(answer);
        var foundHead = Compared.Where(name => found.Header(name) is not null).Select(name => $"{name}: {found.Header(name)}");
        var whole = string.Join('\n', foundHead.Prepend(shownHead[0].StartsWith($"{found.Status} ", StringComparison.Ordinal) ? shownHead[0] : $"{found.Status}"));
        return (Masked($"{string.Join('\n', shownHead)}\n\n{shownBody}", learnFrom: $"{whole}\n\n{found.Body}"), Masked($"{whole}\n\n{found.Body}"));
    }

    private string Masked(string text, string? learnFrom = null)
    {
        if (learnFrom is not null)
        {
            foreach (var (shown, found) in Id().Matches(text).Zip(Id().Matches(learnFrom)))
                _ids.TryAdd(shown.Value, found.Value);
            text = _ids.Aggregate(text, (all, id) => all.Replace(id.Key, id.Value, StringComparison.Ordinal));
        }

        text = Time().Replace(text, "\"(time)\"");
        text = Cursor().Replace(text, "\"next\":\"(cursor)\"");
        text = Version().Replace(text, "\"version\":\"(version)\"");
        return Port().Replace(text, "127.0.0.1:(port)").TrimEnd();
    }

    private string TokenOf(string header)
    {
        var name = Holder().Match(header);
        if (!_tokens.TryGetValue(name.Value, out var token))
        {
            var workspace = name.Groups["workspace"] is { Success: true, Value: var named } ? named : "demo";
            _tokens[name.Value] = token = server.Token(
                name.Groups["user"].Value, name.Groups["admin"].Success ? Role.Admin : Role.Member, workspace: workspace);
        }

        return token;
    }

    private static (string[] Head, string Body) Split(string block)
    {
        var parts = block.Split("\n\n", 2);
        return (parts[0].Split('\n'), parts.Length > 1 ? parts[1].Trim() : "");
    }

    [GeneratedRegex("(m_[0-9A-Z]{26}|[cdw]_[0-9a-f]{32})")]
    private static partial Regex Id();

    [GeneratedRegex("\"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z\"")]
    private static partial Regex Time();

    [GeneratedRegex("\"next\":\"[A-Za-z0-9_-]{20,80}\"")]
    private static partial Regex Cursor();

    [GeneratedRegex("\"version\":\"[0-9.]+\\+[0-9a-f]{40}\"")]
    private static partial Regex Version();

    [GeneratedRegex("127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Port();

    [GeneratedRegex("<token of (?<user>[a-z]+)(?<admin>, role admin)?(, workspace (?<workspace>[a-z]+))?>")]
    private static partial Regex Holder();
}
