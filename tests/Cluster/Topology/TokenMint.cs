using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace QuikApp.Cluster.Topology;

/// <summary>Signs tokens (HS256) with a key that all nodes of a run were given.</summary>
internal sealed class TokenMint
{
    private const string Authority = "quikapp-cluster";
    private const string KeyId = "cluster";
    private const string Algorithm = "HS256";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentBag<string> _signatures = [];
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The workspace of all rooms.</summary>
    public const string Workspace = "demo";

    /// <summary>What tells a server to take these tokens.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Auth:Issuer"] = Authority,
        ["Auth:Audience"] = Authority,
        ["Auth:SigningKeys:0:Kid"] = KeyId,
        ["Auth:SigningKeys:0:Algorithm"] = Algorithm,
        ["Auth:SigningKeys:0:Key"] = Convert.ToBase64String(_key),
    };

    /// <summary>The ends of all tokens so far: what no log may have.</summary>
    public IEnumerable<string> Signatures => _signatures;

    /// <summary>A token for a user.</summary>
    public string For(string user, string role = "member")
    {
        var now = DateTimeOffset.UtcNow;
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = Algorithm, typ = "JWT", kid = KeyId });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Authority,
            aud = Authority,
            sub = user,
            jti = Guid.NewGuid().ToString("N"),
            workspace = Workspace,
            role,
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)));
        _signatures.Add(signature);
        return $"{signed}.{signature}";
    }
}
