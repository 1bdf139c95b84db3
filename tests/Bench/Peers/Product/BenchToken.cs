using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace QuikApp.Bench.Peers.Product;

/// <summary>Signs tokens (RFC 7519, HS256) with a key that the server was given too: a process for each of thousands would take longer than the run.</summary>
internal sealed class BenchToken(string signingKey)
{
    public const string Issuer = "quikapp-bench";
    public const string Audience = "quikapp-bench";
    public const string KeyId = "bench";
    public const string Algorithm = "HS256";
    public const string Workspace = "demo";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly byte[] _key = Convert.FromBase64String(signingKey);

    /// <summary>A key for one server.</summary>
    public static string CreateKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token for a user.</summary>
    public string For(string user)
    {
        var now = TimeProvider.System.GetUtcNow();
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = Algorithm, typ = "JWT", kid = KeyId });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Issuer,
            aud = Audience,
            sub = user,
            jti = Guid.NewGuid().ToString("N"),
            workspace = Workspace,
            role = "member",
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, System.Text.Encoding.ASCII.GetBytes(signed)))}";
    }
}
