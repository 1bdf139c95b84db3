using System.Net;
using System.Security.Cryptography;
using System.Text;
using QuikApp.Host.Tests.Sockets;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Requests to a socket endpoint, as wrong as wanted.</summary>
internal static class Handshake
{
    /// <summary>What RFC 6455 §4.1 asks a client to send.</summary>
    public static readonly string[] UpgradeHeaders =
        ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"];

    /// <summary>A whole request; without <paramref name="upgrade"/> only the headers given.</summary>
    public static string Request(ProductServer server, string path, string method = "GET", string[]? headers = null, string[]? upgrade = null) =>
        $"{method} {path} HTTP/1.1\r\nHost: {server.Endpoint}\r\n{Lines(upgrade ?? UpgradeHeaders)}{Lines(headers ?? [])}\r\n";

    /// <summary>Sends a request and reads status, headers and body of the answer.</summary>
    public static async Task<(string Head, string Body)> AnswerAsync(ProductServer server, string request)
    {
        using var client = await RawClient.RequestAsync(server.Endpoint, request);
        var body = client.ResponseHead.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) || request.StartsWith("HEAD", StringComparison.Ordinal)
            ? ""
            : await client.ReadBodyAsync();
        server.AssertDiscreet(client.ResponseHead + body);
        return (client.ResponseHead, body);
    }

    /// <summary>The status code of an answer's head.</summary>
    public static int StatusOf(string head) => int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The head without its date, the one line that may differ between two refusals.</summary>
    public static string WithoutDate(string head) =>
        string.Join('\n', head.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The value of a header, or null.</summary>
    public static string? Header(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>An address for documentation (RFC 3849) that belongs to a name.</summary>
    public static IPAddress AddressOf(string name)
    {
        byte[] prefix = [0x20, 0x01, 0x0d, 0xb8];
        return new IPAddress([.. prefix, .. SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 12)]);
    }

    private static string Lines(string[] headers) => string.Concat(headers.Select(header => header + "\r\n"));
}
