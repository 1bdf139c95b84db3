using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Protocol.WebSockets;

/// <summary>The opening handshake of RFC 6455 §4.2 over HTTP/1.1, with the refusals worded as a Phoenix server words them.</summary>
public static class WebSocketHandshake
{
    /// <summary>The one version spoken.</summary>
    public const string Version = "13";

    private const int KeyBytes = 16;
    private const int QuotedValueMax = 100;
    private static readonly byte[] AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.ToArray();

    /// <summary>Checks the request in Phoenix's order: method, Connection, Upgrade, key, version.</summary>
    public static HandshakeOutcome Validate(HandshakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method != "GET")
            return HandshakeOutcome.WrongMethod;
        if (!HasToken(request.Connection, "upgrade"))
            return HandshakeOutcome.ConnectionLacksUpgrade;
        if (!HasToken(request.Upgrade, "websocket"))
            return HandshakeOutcome.UpgradeLacksWebSocket;
        if (request.Key.All(string.IsNullOrEmpty))
            return HandshakeOutcome.KeyAbsent;
        if (request.Key.Count != 1 || !IsKey(request.Key[0]))
            return HandshakeOutcome.KeyMalformed;
        return IsVersion13(request.Version) ? HandshakeOutcome.Ok : HandshakeOutcome.WrongVersion;
    }

    /// <summary>Whether <c>Sec-WebSocket-Version</c> is exactly 13; the one header that HTTP/2 keeps (RFC 8441 §5).</summary>
    public static bool IsVersion13(IReadOnlyList<string?> version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.Count == 1 && version[0] == Version;
    }

    /// <summary>The value of <c>Sec-WebSocket-Accept</c> for a valid <paramref name="key"/> (RFC 6455 §4.2.2).</summary>
    /// <param name="key">The client's <c>Sec-WebSocket-Key</c>, 24 characters.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1; it protects nothing here.")]
    public static string Accept(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] input = [.. Encoding.ASCII.GetBytes(key), .. AcceptGuid];
        return Convert.ToBase64String(SHA1.HashData(input));
    }

    /// <summary>The body of the 400 that answers a refused request; empty for <see cref="HandshakeOutcome.WrongMethod"/>.</summary>
    public static string Explain(HandshakeOutcome outcome, HandshakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return outcome switch
        {
            HandshakeOutcome.ConnectionLacksUpgrade => $"'connection' header must contain 'upgrade', got {Quote(request.Connection)}",
            HandshakeOutcome.UpgradeLacksWebSocket => $"'upgrade' header must contain 'websocket', got {Quote(request.Upgrade)}",
            HandshakeOutcome.KeyAbsent => "'sec-websocket-key' header is absent",
            HandshakeOutcome.KeyMalformed => "'sec-websocket-key' header must be 16 bytes in base64",
            HandshakeOutcome.WrongVersion => $"'sec-websocket-version' header must equal '{Version}', got {Quote(request.Version)}",
            _ => "",
        };
    }

    private static bool HasToken(IReadOnlyList<string?> values, string token) =>
        values.Any(value => value is not null && value
            .Split(',', StringSplitOptions.TrimEntries)
            .Contains(token, StringComparer.OrdinalIgnoreCase));

    private static bool IsKey(string? key) =>
        key is { Length: 24 } && Base64.IsValid(key, out var length) && length == KeyBytes && !key.Any(char.IsWhiteSpace);

    private static string Quote(IReadOnlyList<string?> values)
    {
        var quoted = values.Select(value =>
        {
            var shown = value ?? "";
            if (shown.Length > QuotedValueMax)
                shown = shown[..QuotedValueMax];
            return $"\"{shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        });
        return $"[{string.Join(", ", quoted)}]";
    }
}
