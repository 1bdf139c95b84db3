namespace QuikApp.Host.CommandLine;

/// <summary>What a newcomer sees on the terminal: where the server is, tokens to enter with, and what to try next.</summary>
/// <param name="Urls">Where it listens, as it was bound.</param>
/// <param name="Tokens">Users of the demo workspace and a ready-made token each; never in Production.</param>
/// <param name="NextCommand">One line that works when pasted into another terminal.</param>
internal sealed record StartBanner(IReadOnlyList<string> Urls, IReadOnlyList<KeyValuePair<string, string>> Tokens, string NextCommand)
{
    private const string Bold = "\u001b[1m";
    private const string Plain = "\u001b[0m";

    /// <summary>Whether the terminal shows colour: not when redirected, and not against <c>NO_COLOR</c> or <c>TERM=dumb</c>.</summary>
    public static bool HasColour(bool redirected, string? noColor, string? terminal) =>
        !redirected && string.IsNullOrEmpty(noColor) && terminal is not (null or "" or "dumb");

    /// <summary>Writes the banner. A token stands alone on its line, so that a triple click takes it whole.</summary>
    public void Write(TextWriter output, bool colour)
    {
        output.WriteLine();
        output.WriteLine(Strong("QuikApp Realtime is up", colour));
        foreach (var url in Urls)
        {
            output.WriteLine($"  {url}");
            output.WriteLine($"  {SocketUrl(url)}");
        }

        foreach (var (user, token) in Tokens)
        {
            output.WriteLine();
            output.WriteLine($"A token of {Strong(user, colour)}:");
            output.WriteLine(token);
        }

        output.WriteLine();
        output.WriteLine("Try next, in another terminal:");
        output.WriteLine(NextCommand);
        output.WriteLine();
        output.Flush();
    }

    private static string SocketUrl(string url) =>
        $"{(url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "wss" : "ws")}{url[url.IndexOf(':', StringComparison.Ordinal)..].TrimEnd('/')}/socket/websocket";

    private static string Strong(string text, bool colour) => colour ? $"{Bold}{text}{Plain}" : text;
}
