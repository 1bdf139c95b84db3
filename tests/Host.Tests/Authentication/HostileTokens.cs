using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using QuikApp.Host.Authentication;
using static QuikApp.Host.Tests.Authentication.TestKeys;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>
/// The table of tokens that must be refused. All but those about signatures are signed rightly, so that only the rule they
/// are about can stop them.
/// </summary>
internal static class HostileTokens
{
    /// <summary>In key names and claims of the table; must not reach a log.</summary>
    public const string Canary = "canaryQ7";

    private const string GoodHeader = """{"alg":"RS256","typ":"at+jwt","kid":"rsa"}""";

    private static readonly long Now = Gate.Now.ToUnixTimeSeconds();

    public static IReadOnlyList<HostileToken> All { get; } =
        [.. Algorithms(), .. Signatures(), .. KeyNames(), .. Headers(), .. Shapes(), .. Parties(), .. Times(), .. Subjects(), .. OtherClaims(), .. WrongTypes()];

    public static string GoodClaims => Claims();

    /// <summary>Good claims, some replaced by raw JSON, or left out with null.</summary>
    public static string Claims(params (string Name, string? Json)[] changes)
    {
        var claims = new Dictionary<string, string?>
        {
            ["iss"] = $"\"{Gate.Issuer}\"",
            ["aud"] = $"\"{Gate.Audience}\"",
            ["sub"] = $"\"{Canary}\"",
            ["iat"] = Now.ToString(CultureInfo.InvariantCulture),
            ["exp"] = (Now + 3600).ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, json) in changes)
            claims[name] = json;
        return $"{{{string.Join(',', claims.Where(claim => claim.Value is not null).Select(claim => $"\"{claim.Key}\":{claim.Value}"))}}}";
    }

    private static HostileToken Header(string name, TokenRefusal cause, string header) => new(name, cause, Forge(header, GoodClaims, Rs256));

    private static HostileToken Claim(string name, TokenRefusal cause, params (string Name, string? Json)[] changes) =>
        new(name, cause, Forge(GoodHeader, Claims(changes), Rs256));

    private static IEnumerable<HostileToken> Algorithms()
    {
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "none ", "", "rs256", "RS1", "HS1", "EdDSA", "RSA-OAEP", "ES256K", "RS256 " })
        {
            yield return new($"alg '{none}', no signature", TokenRefusal.Malformed, Forge($$"""{"alg":"{{none}}","typ":"JWT"}""", GoodClaims, _ => []));
            yield return Header($"alg '{none}', signed", TokenRefusal.Algorithm, $$"""{"alg":"{{none}}","typ":"JWT","kid":"rsa"}""");
        }

        yield return Header("alg missing", TokenRefusal.Algorithm, """{"typ":"JWT","kid":"rsa"}""");
        yield return Header("alg null", TokenRefusal.Algorithm, """{"alg":null,"typ":"JWT","kid":"rsa"}""");
        yield return Header("alg array", TokenRefusal.Algorithm, """{"alg":["RS256"],"typ":"JWT","kid":"rsa"}""");
        yield return Header("alg number", TokenRefusal.Algorithm, """{"alg":256,"typ":"JWT","kid":"rsa"}""");

        // RFC 8725 §2.1: the public key, which everyone has, used as the HMAC secret.
        byte[][] spellings =
        [
            Encoding.ASCII.GetBytes(RsaPublicPem), Encoding.ASCII.GetBytes(RsaPublicPem + "\n"), Rsa.ExportSubjectPublicKeyInfo(), Rsa.ExportRSAPublicKey(),
        ];
        foreach (var (secret, i) in spellings.Select((secret, i) => (secret, i)))
        {
            const string Hs = """{"alg":"HS256","typ":"JWT","kid":"rsa"}""";
            yield return new($"HS256 with the RSA public key {i}", TokenRefusal.Algorithm, Forge(Hs, GoodClaims, input => HMACSHA256.HashData(secret, input)));
        }

        yield return Header("RS256 key used as RS512", TokenRefusal.Algorithm, """{"alg":"RS512","typ":"JWT","kid":"rsa"}""");
        yield return new("RS256 key used as PS256", TokenRefusal.Algorithm, Forge("""{"alg":"PS256","typ":"JWT","kid":"rsa"}""", GoodClaims, Ps256));
        yield return new("PS256 key used as RS256", TokenRefusal.Algorithm, Forge("""{"alg":"RS256","typ":"JWT","kid":"pss"}""", GoodClaims, Rs256));
        yield return new("ES256 key asked for RS256", TokenRefusal.Algorithm, Forge("""{"alg":"RS256","typ":"JWT","kid":"ec"}""", GoodClaims, Rs256));
        yield return new("RS256 shown to an HMAC server", TokenRefusal.Algorithm, Forge("""{"alg":"RS256","typ":"JWT","kid":"mac"}""", GoodClaims, Rs256), HostileKeys.Symmetric);
    }

    private static IEnumerable<HostileToken> Signatures()
    {
        const string Es = """{"alg":"ES256","typ":"JWT","kid":"ec"}""";
        const string Hs = """{"alg":"HS256","typ":"JWT","kid":"mac"}""";
        yield return new("empty signature", TokenRefusal.Malformed, Forge(GoodHeader, GoodClaims, _ => []));
        yield return new("another RSA key", TokenRefusal.Signature, Forge(GoodHeader, GoodClaims, input => OtherRsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        yield return new("RSA signature of zeros", TokenRefusal.Signature, Forge(GoodHeader, GoodClaims, _ => new byte[256]));
        yield return new("RSA signature of ones", TokenRefusal.Signature, Forge(GoodHeader, GoodClaims, _ => Enumerable.Repeat((byte)0xff, 256).ToArray()));
        yield return new("RSA signature short", TokenRefusal.Signature, Forge(GoodHeader, GoodClaims, input => Rs256(input)[..255]));
        yield return new("RSA signature with a byte more", TokenRefusal.Signature, Forge(GoodHeader, GoodClaims, input => [.. Rs256(input), 0]));
        yield return new("RSA signature of one byte", TokenRefusal.Signature, Forge(GoodHeader, GoodClaims, _ => [1]));
        yield return new("ES256 r = s = 0", TokenRefusal.Signature, Forge(Es, GoodClaims, _ => new byte[64]));
        yield return new("ES256 r = s = 1", TokenRefusal.Signature, Forge(Es, GoodClaims, _ => [.. new byte[31], 1, .. new byte[31], 1]));
        yield return new("ES256 r = s = the order", TokenRefusal.Signature, Forge(Es, GoodClaims, _ => [.. Order, .. Order]));
        yield return new("ES256 in DER", TokenRefusal.Signature, Forge(Es, GoodClaims, input => Curve.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        yield return new("ES256 half", TokenRefusal.Signature, Forge(Es, GoodClaims, input => Es256(input)[..32]));
        yield return new("ES256 signed by HMAC", TokenRefusal.Signature, Forge(Es, GoodClaims, Hs256));
        yield return new("HS256 truncated", TokenRefusal.Signature, Forge(Hs, GoodClaims, input => Hs256(input)[..16]), HostileKeys.Symmetric);
        yield return new("HS256 one byte", TokenRefusal.Signature, Forge(Hs, GoodClaims, input => Hs256(input)[..1]), HostileKeys.Symmetric);
        yield return new("HS256 with an empty secret", TokenRefusal.Signature, Forge(Hs, GoodClaims, input => HMACSHA256.HashData(Array.Empty<byte>(), input)), HostileKeys.Symmetric);
        yield return new("HS256 with the base64 of the secret", TokenRefusal.Signature, Forge(Hs, GoodClaims, input => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToBase64String(Hmac)), input)), HostileKeys.Symmetric);

        var good = Forge(GoodHeader, GoodClaims, Rs256).Split('.');
        var admin = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Claims(("role", "\"admin\""))));
        yield return new("claims changed after signing", TokenRefusal.Signature, $"{good[0]}.{admin}.{good[2]}");
        var otherHeader = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT","kid":"rsa"}"""u8);
        yield return new("header changed after signing", TokenRefusal.Signature, $"{otherHeader}.{good[1]}.{good[2]}");
    }

    private static byte[] Order => Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static IEnumerable<HostileToken> KeyNames()
    {
        string[] malformed =
        [
            "\"../../../../dev/null\"", "\"/dev/null\"", "\"rsa' OR '1'='1\"", "\"rsa; DROP TABLE keys\"", "\"https://evil.example/jwks.json\"",
            "\"rsa\\u0000\"", "\"rsa\\n\"", "\"\"", "null", "[\"rsa\"]", "{\"kid\":\"rsa\"}", "1", "true", "\"rsa \"", "\"ｒsa\"", $"\"{new string('k', 129)}\"",
        ];
        foreach (var kid in malformed)
            yield return Header($"kid {kid}", TokenRefusal.MalformedKeyId, $$"""{"alg":"RS256","typ":"JWT","kid":{{kid}}}""");

        yield return Header("kid of 10 KB", TokenRefusal.TooLarge, $$"""{"alg":"RS256","typ":"JWT","kid":"{{new string('k', 10240)}}"}""");
        yield return Header("kid of 5 KB", TokenRefusal.MalformedKeyId, $$"""{"alg":"RS256","typ":"JWT","kid":"{{new string('k', 5000)}}"}""");
        yield return Header("kid unknown", TokenRefusal.UnknownKey, $$"""{"alg":"RS256","typ":"JWT","kid":"{{Canary}}"}""");
        yield return Header("kid in another case", TokenRefusal.UnknownKey, """{"alg":"RS256","typ":"JWT","kid":"RSA"}""");
        yield return Header("kid missing among several keys", TokenRefusal.UnknownKey, """{"alg":"RS256","typ":"JWT"}""");
        yield return new("kid missing for a single named key", TokenRefusal.UnknownKey, Forge("""{"alg":"HS256","typ":"JWT"}""", GoodClaims, Hs256), HostileKeys.Symmetric);
        yield return new("kid for a single unnamed key", TokenRefusal.UnknownKey, Forge("""{"alg":"HS256","typ":"JWT","kid":"mac"}""", GoodClaims, Hs256), HostileKeys.UnnamedSymmetric);
    }

    private static IEnumerable<HostileToken> Headers()
    {
        var jwk = $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(OtherRsa.ExportParameters(false).Modulus)}}","e":"AQAB"}""";
        (string Name, string Json)[] forbidden =
        [
            ("jku", "\"https://evil.example/jwks.json\""), ("x5u", "\"https://evil.example/cert.pem\""), ("jwk", jwk), ("x5c", "[\"MIIB\"]"),
            ("crit", "[\"exp\"]"), ("crit", "[]"), ("crit", "[\"b64\"]"), ("zip", "\"DEF\""), ("b64", "false"), ("b64", "true"), ("jku", "null"),
        ];
        foreach (var (name, json) in forbidden)
            yield return Header($"{name} {json}", TokenRefusal.ForbiddenHeader, $$"""{"alg":"RS256","typ":"JWT","kid":"rsa","{{name}}":{{json}}}""");

        yield return new("signed by the jwk it brings", TokenRefusal.ForbiddenHeader, Forge(
            $$"""{"alg":"RS256","typ":"JWT","kid":"rsa","jwk":{{jwk}}}""", GoodClaims, input => OtherRsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        yield return new("compressed claims", TokenRefusal.ForbiddenHeader, Forge("""{"alg":"RS256","typ":"JWT","kid":"rsa","zip":"DEF"}"""u8.ToArray(), Bomb(), Rs256));

        foreach (var typ in new[] { "\"id_token\"", "\"logout+jwt\"", "\"dpop+jwt\"", "\"secevent+jwt\"", "\"\"", "null", "[\"JWT\"]", "1", "\"JWT\\u0000\"", "\" JWT\"", "\"jwt2\"", "\"application/\"" })
            yield return Header($"typ {typ}", TokenRefusal.Type, $$"""{"alg":"RS256","typ":{{typ}},"kid":"rsa"}""");
        yield return Header("typ missing", TokenRefusal.Type, """{"alg":"RS256","kid":"rsa"}""");

        yield return Header("cty JWT", TokenRefusal.Encrypted, """{"alg":"RS256","typ":"JWT","cty":"JWT","kid":"rsa"}""");
        yield return Header("enc in a JWS", TokenRefusal.Encrypted, """{"alg":"RS256","typ":"JWT","enc":"A256GCM","kid":"rsa"}""");
        yield return Header("PBES2 count", TokenRefusal.Encrypted, """{"alg":"PBES2-HS256+A128KW","p2c":2147483647,"p2s":"AAAA","typ":"JWT","kid":"rsa"}""");

        foreach (var header in new[]
        {
            """{"alg":"RS256","alg":"none","typ":"JWT","kid":"rsa"}""", """{"alg":"none","alg":"RS256","typ":"JWT","kid":"rsa"}""",
            """{"alg":"RS256","typ":"JWT","kid":"rsa","kid":"ec"}""", """{"alg":"RS256","typ":"JWT","kid":"rsa","k\u0069d":"ec"}""",
            """["RS256"]""", "\"RS256\"", "null", "{}{}", "{", """{"alg":"RS256","typ":"JWT","kid":"rsa"} x""", """{"alg":"RS256","typ":"JWT","kid":"rsa",}""",
            """{/**/"alg":"RS256","typ":"JWT","kid":"rsa"}""", """{'alg':'RS256'}""", """{"alg":"\ud800","typ":"JWT","kid":"rsa"}""", """{"alg":"RS256","typ":"JWT","kid":"\udfff"}""",
            "\ufeff" + """{"alg":"RS256","typ":"JWT","kid":"rsa"}""", $$"""{"alg":"RS256","typ":"JWT","kid":"rsa","x":{{new string('[', 2000)}}{{new string(']', 2000)}}}""",
        })
        {
            yield return Header($"header {header[..Math.Min(header.Length, 60)]}", TokenRefusal.Malformed, header);
        }

        yield return new("header that is no UTF-8", TokenRefusal.Malformed, Forge([.. "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"rsa\",\"x\":\""u8, 0xc3, 0x28, .. "\"}"u8], Encoding.UTF8.GetBytes(GoodClaims), Rs256));
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize))
            deflate.Write(new byte[1_000_000]);
        return packed.ToArray();
    }

    private static IEnumerable<HostileToken> Shapes()
    {
        var good = Forge(GoodHeader, GoodClaims, Rs256);
        var parts = good.Split('.');
        yield return new("300 KB", TokenRefusal.TooLarge, Forge(GoodHeader, Claims(("pad", $"\"{new string('a', 225_000)}\"")), Rs256));
        yield return new("a byte over 8 KiB", TokenRefusal.TooLarge, good + new string('A', 8193 - good.Length));
        yield return new("300 KB of dots", TokenRefusal.TooLarge, new string('.', 300_000));
        yield return new("100 dots", TokenRefusal.Malformed, new string('.', 100));
        yield return new("two dots", TokenRefusal.Malformed, "..");
        yield return new("one dot", TokenRefusal.Malformed, "a.b");
        yield return new("no dot", TokenRefusal.Malformed, "YWxpY2U");
        yield return new("header only", TokenRefusal.Malformed, $"{parts[0]}..");
        yield return new("no header", TokenRefusal.Malformed, $".{parts[1]}.{parts[2]}");
        yield return new("no claims", TokenRefusal.Malformed, $"{parts[0]}..{parts[2]}");
        yield return new("four parts", TokenRefusal.Malformed, $"{good}.AAAA");
        yield return new("six parts", TokenRefusal.Malformed, $"{good}.AAAA.AAAA.AAAA");
        yield return new("five parts", TokenRefusal.Encrypted, $"{good}.AAAA.AAAA");
        yield return new("a JWE", TokenRefusal.Encrypted, Base64Url.EncodeToString("""{"alg":"dir","enc":"A256GCM"}"""u8) + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        yield return new("padding", TokenRefusal.Malformed, good + "==");
        yield return new("padding in the middle", TokenRefusal.Malformed, $"{parts[0]}=.{parts[1]}.{parts[2]}");
        yield return new("standard alphabet", TokenRefusal.Malformed, $"{parts[0]}.{parts[1]}.{StandardAlphabet(parts)}");
        yield return new("space before", TokenRefusal.Malformed, " " + good);
        yield return new("line feed behind", TokenRefusal.Malformed, good + "\n");
        yield return new("white space within", TokenRefusal.Malformed, good.Insert(20, "\t"));
        yield return new("NUL behind", TokenRefusal.Malformed, good + "\0");
        yield return new("full-width letter", TokenRefusal.Malformed, good[..^1] + "Ａ");
        yield return new("stray bits in the signature", TokenRefusal.Malformed, good[..^1] + NextLetter(good[^1]));
        yield return new("length that no bytes give", TokenRefusal.Malformed, good + "AAA");
        yield return new("truncated in the claims", TokenRefusal.Malformed, good[..(parts[0].Length + 20)]);
        yield return new("truncated signature", TokenRefusal.Signature, good[..^6]);
        yield return new("with the scheme", TokenRefusal.Malformed, "Bearer " + good);
        yield return new("JSON serialization", TokenRefusal.Malformed, $$"""{"payload":"{{parts[1]}}","protected":"{{parts[0]}}","signature":"{{parts[2]}}"}""");
        yield return new("nested", TokenRefusal.Subject, Forge("""{"alg":"RS256","typ":"JWT","kid":"rsa"}""", Claims(("sub", $"\"{good}\"")), Rs256));
        yield return new("a JWT as claims", TokenRefusal.Malformed, Forge(GoodHeader, good, Rs256));
        yield return new("the word undefined", TokenRefusal.Malformed, "undefined");

        foreach (var claims in new[]
        {
            "", " ", "[]", "null", "\"x\"", "1", "{", GoodClaims + "x", GoodClaims[..^1] + ",}", "\ufeff" + GoodClaims,
            GoodClaims[..^1] + ",\"deep\":" + new string('[', 500) + new string(']', 500) + "}",
        })
        {
            yield return new($"claims {claims[..Math.Min(claims.Length, 8)]}({claims.Length})", TokenRefusal.Malformed, Forge(GoodHeader, claims, Rs256));
        }
    }

    private static string StandardAlphabet(string[] parts)
    {
        // Another token until its signature has a letter that the two alphabets differ in.
        var signature = parts[2];
        return signature.AsSpan().IndexOfAny('-', '_') >= 0 ? signature.Replace('-', '+').Replace('_', '/') : '+' + signature[1..];
    }

    private static char NextLetter(char letter) => (char)(letter + 1);

    private static IEnumerable<HostileToken> Parties()
    {
        foreach (var iss in new[]
        {
            null, "null", "\"\"", $"\"{Gate.Issuer}/\"", "\"https://login.example.com.evil.example\"", "\"http://login.example.com\"",
            "\"https://LOGIN.example.com\"", "\"https://login.example.com\\u0000\"", "\" https://login.example.com\"", "\"https://login.example.co\"",
        })
        {
            yield return Claim($"iss {iss ?? "missing"}", TokenRefusal.Issuer, ("iss", iss));
        }

        foreach (var aud in new[]
        {
            null, "null", "\"\"", "[]", "\"quikapp\"", "\"quikapp-chat/\"", "\"QUIKAPP-CHAT\"", "\"quikapp-chat quikapp-audit\"", "[\"a\",\"b\"]",
        })
        {
            yield return Claim($"aud {aud ?? "missing"}", TokenRefusal.Audience, ("aud", aud));
        }

    }

    private static IEnumerable<HostileToken> Times()
    {
        foreach (var exp in new[]
        {
            null, "-1", "1.5", $"{Now + 60}.5", $"\"{Now + 60}\"", "9223372036854775807", "-9223372036854775808", "253402300800",
        })
        {
            yield return Claim($"exp {exp ?? "missing"}", TokenRefusal.Claims, ("exp", exp));
        }

        yield return Claim("exp 0", TokenRefusal.Expired, ("exp", "0"), ("iat", null));
        yield return Claim("exp past", TokenRefusal.Expired, ("exp", $"{Now - 31}"), ("iat", $"{Now - 60}"));
        yield return Claim("nbf future", TokenRefusal.NotYetValid, ("nbf", $"{Now + 31}"));
        yield return Claim("iat future", TokenRefusal.NotYetValid, ("iat", $"{Now + 31}"));
        foreach (var name in new[] { "nbf", "iat" })
        {
            foreach (var json in new[] { "-1", "1.5", $"\"{Now}\"", "9223372036854775807" })
                yield return Claim($"{name} {json}", TokenRefusal.Claims, (name, json));
        }

        yield return Claim("lives a day and a second", TokenRefusal.Lifetime, ("exp", $"{Now + 86_401}"));
        yield return Claim("lives a year without iat", TokenRefusal.Lifetime, ("exp", $"{Now + 31_536_000}"), ("iat", null));
        yield return Claim("ends before it begins", TokenRefusal.Lifetime, ("exp", $"{Now - 5}"), ("nbf", $"{Now}"), ("iat", null));
        yield return Claim("ends when it was made", TokenRefusal.Lifetime, ("exp", $"{Now}"), ("iat", $"{Now}"));
        yield return new("exp twice", TokenRefusal.Malformed, Forge(GoodHeader, Claims(("exp", $"{Now + 60},\"exp\":{Now + 3600}")), Rs256));
    }

    private static IEnumerable<HostileToken> Subjects()
    {
        foreach (var sub in new[]
        {
            null, "null", "\"\"", "1", "\" alice\"", "\"alice \"", "\"al ice\"", "\"alice\\u0000\"", "\"alice\\r\\nadmin\"", "\"a:b\"", "\"../alice\"",
            "\"älice\"", "\"\\u202eecila\"", "\"alice@example.com\"", "\"%61lice\"", $"\"{new string('a', 65)}\"",
        })
        {
            yield return Claim($"sub {sub ?? "missing"}", TokenRefusal.Subject, ("sub", sub));
        }

        yield return Claim("sub of 4 KB", TokenRefusal.Subject, ("sub", $"\"{new string('a', 4096)}\""));
        yield return Claim("sub of 10 KB", TokenRefusal.TooLarge, ("sub", $"\"{new string('a', 10_240)}\""));
        yield return new("sub twice", TokenRefusal.Malformed, Forge(GoodHeader, Claims(("sub", "\"alice\",\"sub\":\"bob\"")), Rs256));
        yield return new("sub twice, escaped", TokenRefusal.Malformed, Forge(GoodHeader, Claims(("sub", "\"alice\",\"s\\u0075b\":\"bob\"")), Rs256));
        yield return new("sub a lone surrogate", TokenRefusal.Malformed, Forge(GoodHeader, Claims(("sub", "\"\\ud800\"")), Rs256));
    }

    private static IEnumerable<HostileToken> OtherClaims()
    {
        foreach (var role in new[] { "\"root\"", "\"Admin\"", "\"admin \"", "\"\"", "null", "1", "[\"admin\"]", "{\"admin\":true}" })
            yield return Claim($"role {role}", TokenRefusal.Claims, ("role", role));
        foreach (var workspace in new[] { "\"\"", "null", "1", "\"a b\"", "\"a,b\"", "\"*\"", "[\"demo\",1]", "[[\"demo\"]]", "{\"demo\":true}", $"\"{new string('w', 65)}\"" })
            yield return Claim($"workspace {workspace}", TokenRefusal.Claims, ("workspace", workspace));
        foreach (var name in new[] { "jti", "sid" })
        {
            foreach (var json in new[] { "\"\"", "\"a b\"", "\"a\\nb\"", $"\"{new string('j', 129)}\"" })
                yield return Claim($"{name} {json[..Math.Min(json.Length, 8)]}", TokenRefusal.Claims, (name, json));
        }

        foreach (var json in new[] { "1", "null", "[\"a\"]" })
            yield return Claim($"sid {json}", TokenRefusal.Claims, ("sid", json));
    }

    // What the library itself cannot read as the claim's type.
    private static IEnumerable<HostileToken> WrongTypes()
    {
        (string Name, string Json)[] claims =
        [
            ("iss", "1"), ("iss", $"[\"{Gate.Issuer}\"]"), ("aud", "1"), ("aud", "{\"aud\":\"quikapp-chat\"}"), ("aud", "[[\"quikapp-chat\"]]"), ("aud", "[\"quikapp-chat\",1]"),
            ("exp", "null"), ("exp", "true"), ("exp", "[]"), ("exp", "\"never\""), ("exp", "9223372036854775808"), ("exp", "1e400"),
            ("nbf", "null"), ("nbf", "{}"), ("nbf", "9223372036854775808"), ("iat", "null"), ("iat", "{}"), ("iat", "9223372036854775808"),
            ("sub", "true"), ("sub", "[\"alice\"]"), ("sub", "{}"), ("jti", "1"), ("jti", "[\"a\"]"),
        ];
        return claims.Select(claim => Claim($"{claim.Name} {claim.Json}", TokenRefusal.Malformed, claim));
    }
}
