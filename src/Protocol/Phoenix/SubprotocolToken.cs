using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// What the header <c>Sec-WebSocket-Protocol</c> of a handshake says: Phoenix 1.8 clients put the token there, as
/// <c>phoenix, base64url.bearer.phx.&lt;base64&gt;</c>, to keep it out of the address.
/// </summary>
/// <remarks>
/// Despite its name the alphabet is that of standard base64 (RFC 4648 §4) without padding, which is what the stock
/// client sends; padding is tolerated. The header may come in several lines, which is the same as one list (RFC 6455 §11.3.4).
/// </remarks>
public readonly record struct SubprotocolToken
{
    /// <summary>The protocol that the answer names when <see cref="AnswersPhoenix"/> is true.</summary>
    public const string Phoenix = "phoenix";

    private const string BearerPrefix = "base64url.bearer.phx.";

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>The handshake is to be refused with 403 and an empty body.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>The token, decoded and not checked; null when the header carries none.</summary>
    public string? Token { get; private init; }

    /// <summary>The answer must carry <c>Sec-WebSocket-Protocol: phoenix</c>; otherwise it must carry no such header.</summary>
    public bool AnswersPhoenix { get; private init; }

    /// <summary>Reads the header.</summary>
    /// <param name="headerValues">Its lines in order; empty when the header is absent.</param>
    /// <returns>
    /// Refused: none of the protocols is known, or the only token is not base64 of UTF-8 text.
    /// Two tokens are no token, and the list then stands as it is.
    /// </returns>
    public static SubprotocolToken Read(IReadOnlyList<string?> headerValues)
    {
        ArgumentNullException.ThrowIfNull(headerValues);
        if (headerValues.Count == 0)
            return default;

        ReadOnlySpan<char> bearer = default;
        int bearers = 0, others = 0;
        var phoenix = false;
        for (var i = 0; i < headerValues.Count; i++)
        {
            var line = headerValues[i].AsSpan();
            foreach (var part in line.Split(','))
            {
                var protocol = line[part].Trim(" \t");
                if (protocol.StartsWith(BearerPrefix))
                {
                    bearers++;
                    bearer = protocol[BearerPrefix.Length..];
                    continue;
                }

                phoenix |= protocol is Phoenix;
                others += protocol.IsEmpty ? 0 : 1;
            }
        }

        if (bearers != 1)
            return phoenix ? new SubprotocolToken { AnswersPhoenix = true } : Refused;

        if ((others > 0 && !phoenix) || !TryDecode(bearer, out var token))
            return Refused;

        return new SubprotocolToken { Token = token, AnswersPhoenix = phoenix };
    }

    /// <summary>Says what was found without showing the token, which is a secret.</summary>
    public override string ToString() =>
        $"{(IsRefused ? "refused" : "accepted")}, {(Token is null ? "no token" : "token")}, {(AnswersPhoenix ? Phoenix : "no protocol")}";

    private static SubprotocolToken Refused => new() { IsRefused = true };

    private static bool TryDecode(ReadOnlySpan<char> base64, out string token)
    {
        token = "";
        var digits = base64.TrimEnd('=');
        var padding = base64.Length - digits.Length;
        // The library skips white space, so the alphabet is checked here.
        if (digits.ContainsAnyExcept(Base64Characters) || digits.Length % 4 == 1)
            return false;

        if (padding > 0 && (padding > 2 || base64.Length % 4 != 0))
            return false;

        var padded = string.Concat(digits, "==".AsSpan(0, (4 - digits.Length % 4) % 4));
        var bytes = Convert.FromBase64String(padded);
        if (!Utf8.IsValid(bytes))
            return false;

        token = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
