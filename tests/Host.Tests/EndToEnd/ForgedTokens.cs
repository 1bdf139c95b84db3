using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Tokens that must not open a socket: all but one rule holds for each, so only that rule can refuse it.</summary>
internal static class ForgedTokens
{
    /// <summary>Names of the tokens that <see cref="Make"/> knows.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "alg none", "alg nOnE", "empty signature", "another key", "claims changed", "kid unknown", "kid a path", "jku header", "crit header",
        "typ id_token", "typ missing", "iss foreign", "aud foreign", "aud missing", "exp past", "exp missing", "exp a string", "nbf future",
        "lives too long", "sub missing", "sub with a newline", "sub twice", "role unknown", "nested JWT", "100 dots", "padded", "9 KB",
    ];

    /// <summary>Makes one for a server; a name that is unknown gives a token that is good.</summary>
    public static string Make(ProductServer server, string name)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = name switch
        {
            "alg none" => """{"alg":"none","typ":"at+jwt"}""",
            "alg nOnE" => """{"alg":"nOnE","typ":"at+jwt","kid":"KID"}""",
            "kid unknown" => """{"alg":"HS256","typ":"at+jwt","kid":"development-00000000"}""",
            "kid a path" => """{"alg":"HS256","typ":"at+jwt","kid":"../../../../dev/null"}""",
            "jku header" => """{"alg":"HS256","typ":"at+jwt","kid":"KID","jku":"https://evil.example/jwks.json"}""",
            "crit header" => """{"alg":"HS256","typ":"at+jwt","kid":"KID","crit":["exp"]}""",
            "typ id_token" => """{"alg":"HS256","typ":"id_token","kid":"KID"}""",
            "typ missing" => """{"alg":"HS256","kid":"KID"}""",
            _ => """{"alg":"HS256","typ":"at+jwt","kid":"KID"}""",
        };
        var claims = new Dictionary<string, string>
        {
            ["iss"] = "\"quikapp-development\"",
            ["aud"] = "\"quikapp\"",
            ["sub"] = "\"mallory\"",
            ["iat"] = Text(now),
            ["exp"] = Text(now + 600),
            ["workspace"] = "[\"demo\"]",
            ["role"] = "\"member\"",
        };
        foreach (var (claim, json) in Changes(name, now))
            claims[claim] = json;
        var body = "{" + string.Join(',', claims.Where(c => c.Value.Length > 0).Select(c => $"\"{c.Key}\":{c.Value}")) + "}";
        var token = Sign(server, header.Replace("KID", server.SigningKeyId, StringComparison.Ordinal), body, name);
        return server.Planted(name switch
        {
            "claims changed" => Swap(token, body.Replace("member", "admin", StringComparison.Ordinal)),
            "100 dots" => new string('.', 100),
            "padded" => token + "==",
            "9 KB" => token + new string('A', 9 * 1024),
            _ => token,
        });
    }

    private static IEnumerable<(string Claim, string Json)> Changes(string name, long now) => name switch
    {
        "iss foreign" => [("iss", "\"quikapp-development/\"")],
        "aud foreign" => [("aud", "\"quikapp-admin\"")],
        "aud missing" => [("aud", "")],
        "exp past" => [("iat", Text(now - 600)), ("exp", Text(now - 1))],
        "exp missing" => [("exp", "")],
        "exp a string" => [("exp", $"\"{Text(now + 600)}\"")],
        "nbf future" => [("nbf", Text(now + 300))],
        "lives too long" => [("exp", Text(now + 400 * 86_400L))],
        "sub missing" => [("sub", "")],
        "sub with a newline" => [("sub", "\"mallory\\r\\nadmin\"")],
        "sub twice" => [("sub", "\"mallory\",\"sub\":\"alice\"")],
        // Good, and of an age that nobody knows.
        "no iat" => [("iat", "")],
        "role unknown" => [("role", "\"root\"")],
        "nested JWT" => [("sub", "\"eyJhbGciOiJub25lIn0.e30.\"")],
        _ => [],
    };

    private static string Sign(ProductServer server, string header, string claims, string name)
    {
        var input = $"{Encode(header)}.{Encode(claims)}";
        var key = name == "another key" ? new byte[32] : server.SigningKey;
        var signature = name is "alg none" or "empty signature"
            ? ""
            : Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(input)));
        return $"{input}.{signature}";
    }

    private static string Swap(string token, string claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Text(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
