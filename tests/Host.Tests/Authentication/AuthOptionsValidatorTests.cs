using System.Security.Cryptography;
using QuikApp.Host.Authentication;
using QuikApp.Host.Tests.Secrets;

namespace QuikApp.Host.Tests.Authentication;

public sealed class AuthOptionsValidatorTests : IDisposable
{
    private static readonly string Secret = Convert.ToBase64String(TestKeys.Hmac);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Validate_SoundOptions_Succeed()
    {
        Assert.Empty(Problems(_ => { }));
        Assert.Empty(Problems(o => o.SigningKeys[0] = Pem("RS256", TestKeys.RsaPublicPem)));
        Assert.Empty(Problems(o => Replace(o, Pem("RS256", TestKeys.RsaPublicPem, "a"), Pem("ES256", TestKeys.CurvePublicPem, "b"))));
        Assert.Empty(Problems(o => Replace(o, Hmac(Secret, "a"), Hmac(Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)), "b", "HS384"))));
        Assert.Empty(Problems(o => UseAuthority(o, "https://login.example.com")));
        Assert.Empty(Problems(o => UseAuthority(o, "file:/etc/quikapp/jwks.json")));
        Assert.Empty(Problems(o => (o.ClockSkew, o.MaxLifetime, o.MaxTokenBytes) = (TimeSpan.Zero, TimeSpan.FromMinutes(1), 512)));
    }

    [Fact]
    public void Validate_KeysInFiles_AreReadAndChecked()
    {
        var secret = _directory.Write("hmac.key", Secret + "\n");
        var wide = _directory.Write("wide.key", Secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var priv = _directory.Write("rsa.pem", TestKeys.Rsa.ExportPkcs8PrivateKeyPem());
        var pub = _directory.Write("rsa.pub", TestKeys.RsaPublicPem, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Empty(Problems(o => o.SigningKeys[0] = new() { Algorithm = "HS256", KeyPath = secret }));
        Assert.Empty(Problems(o => o.SigningKeys[0] = new() { Algorithm = "RS256", KeyPath = priv }));
        Assert.Empty(Problems(o => o.SigningKeys[0] = new() { Algorithm = "RS256", PublicKeyPath = pub }));

        if (!OperatingSystem.IsWindows())
            AssertProblem("wider than 0640", o => o.SigningKeys[0] = new() { Algorithm = "HS256", KeyPath = wide });
        AssertProblem("PublicKeyPath holds a private key", o => o.SigningKeys[0] = new() { Algorithm = "RS256", PublicKeyPath = priv });
        AssertProblem("KeyPath: ", o => o.SigningKeys[0] = new() { Algorithm = "RS256", KeyPath = _directory.File("none") });
        AssertProblem("cannot be read", o => o.SigningKeys[0] = new() { Algorithm = "RS256", PublicKeyPath = _directory.File("none") });
        AssertProblem("no private key", o => o.SigningKeys[0] = new() { Algorithm = "RS256", KeyPath = _directory.Write("p", TestKeys.RsaPublicPem) });
    }

    [Fact]
    public void Validate_UnsoundHmacKeys_AreRefused()
    {
        AssertProblem("Auth:SigningKeys:0:Key is 31 bytes long", o => o.SigningKeys[0].Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(31)));
        AssertProblem("is 32 bytes long, at least 48", o => o.SigningKeys[0].Algorithm = "HS384");
        AssertProblem("placeholder", o => o.SigningKeys[0].Key = Convert.ToBase64String("please-change-me-please-change-me!"u8));
        AssertProblem("not base64", o => o.SigningKeys[0].Key = "my secret, which is not base64!");
        AssertProblem("is empty", o => o.SigningKeys[0].Key = string.Empty);
        AssertProblem("takes a secret and no public key", o => o.SigningKeys[0] = Pem("HS256", TestKeys.RsaPublicPem));
    }

    [Fact]
    public void Validate_UnsoundPublicKeys_AreRefused()
    {
        using var weak = RSA.Create(1024);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        AssertProblem("has 1024 bits", o => o.SigningKeys[0] = Pem("RS256", weak.ExportSubjectPublicKeyInfoPem()));
        AssertProblem("needs P-256", o => o.SigningKeys[0] = Pem("ES256", other.ExportSubjectPublicKeyInfoPem()));
        AssertProblem("needs P-256", o => o.SigningKeys[0] = Pem("ES256", foreign.ExportSubjectPublicKeyInfoPem()));
        AssertProblem("no unencrypted PEM key for RS256", o => o.SigningKeys[0] = Pem("RS256", TestKeys.CurvePublicPem));
        AssertProblem("no unencrypted PEM key for RS256", o => o.SigningKeys[0] = Pem("RS256", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
        AssertProblem("holds a private key", o => o.SigningKeys[0] = Pem("RS256", TestKeys.Rsa.ExportPkcs8PrivateKeyPem()));
        AssertProblem("is for HMAC", o => o.SigningKeys[0] = new() { Algorithm = "RS256", Key = Secret });
    }

    [Fact]
    public void Validate_KeysThatDoNotGoTogether_AreRefused()
    {
        AssertProblem("mixes HMAC with public keys", o => Replace(o, Hmac(Secret, "a"), Pem("RS256", TestKeys.RsaPublicPem, "b")));
        AssertProblem("Auth:SigningKeys:1:Kid is used twice", o => Replace(o, Hmac(Secret, "a"), Hmac(Secret, "a")));
        AssertProblem("Auth:SigningKeys:1:Kid is missing", o => Replace(o, Hmac(Secret, "a"), Hmac(Secret, null)));
        AssertProblem("Auth:SigningKeys:0:Kid must be", o => o.SigningKeys[0].Kid = "../a");
        AssertProblem("Auth:SigningKeys:0:Algorithm is not one of", o => o.SigningKeys[0].Algorithm = "none");
        AssertProblem("exactly one of", o => o.SigningKeys[0].KeyPath = "x");
        AssertProblem("exactly one of", o => o.SigningKeys[0].Key = null);
        AssertProblem("both set", o => o.Authority = "https://login.example.com");
    }

    [Theory]
    [InlineData("http://login.example.com", "must be an https address")]
    [InlineData("http://127.0.0.1:9000", "must be an https address")]
    [InlineData("ftp://login.example.com", "must be an https address")]
    [InlineData("login.example.com", "must be an https address")]
    [InlineData("", "must be an https address")]
    [InlineData("https://me:pw@login.example.com", "must hold no user")]
    [InlineData("file:", "names no path")]
    [InlineData("file://server/share", "names no path")]
    public void Validate_UnsoundAuthority_IsRefused(string authority, string said)
    {
        var problems = AssertProblem(said, o => UseAuthority(o, authority));
        Assert.DoesNotContain(problems, problem => problem.Contains("pw@", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_PlainHttpAuthority_OnlyOnLoopbackInDevelopment()
    {
        Assert.Empty(Problems(o => UseAuthority(o, "http://localhost:9000"), StubEnvironment.Development));
        AssertProblem("Auth:Authority", o => UseAuthority(o, "http://192.0.2.1:9000"), StubEnvironment.Development);
    }

    [Fact]
    public void Validate_NoKeys_IsForDevelopmentOnly()
    {
        AssertProblem("Auth:SigningKeys is empty", o => o.SigningKeys.Clear());
        Assert.Empty(Problems(o => o.SigningKeys.Clear(), StubEnvironment.Development));
    }

    [Fact]
    public void Validate_NamesAndNumbersOutOfRange_AreRefused()
    {
        AssertProblem("Auth:Issuer is missing", o => o.Issuer = string.Empty);
        AssertProblem("Auth:Audience is missing", o => o.Audience = string.Empty);
        AssertProblem("Auth:Issuer must be", o => o.Issuer = "a b");
        AssertProblem("Auth:ClockSkew", o => o.ClockSkew = TimeSpan.FromSeconds(121));
        AssertProblem("Auth:ClockSkew", o => o.ClockSkew = TimeSpan.FromSeconds(-1));
        AssertProblem("Auth:MaxLifetime", o => o.MaxLifetime = TimeSpan.FromSeconds(59));
        AssertProblem("Auth:MaxLifetime", o => o.MaxLifetime = TimeSpan.FromDays(32));
        AssertProblem("Auth:MaxTokenBytes", o => o.MaxTokenBytes = 8193);
        AssertProblem("Auth:MaxTokenBytes", o => o.MaxTokenBytes = 0);
        AssertProblem("Auth:KeyRefreshInterval", o => o.KeyRefreshInterval = TimeSpan.FromHours(13));
        AssertProblem("Auth:WorkspaceClaim must name", o => o.WorkspaceClaim = "sub");
        AssertProblem("Auth:RoleClaim must name", o => o.RoleClaim = " ");
        AssertProblem("the same claim", o => o.RoleClaim = o.WorkspaceClaim);
        AssertProblem("Auth:TokenTypes", o => o.TokenTypes.Add(string.Empty));
        AssertProblem("Auth:TokenTypes", o => o.TokenTypes.Add("JWT\n"));
    }

    private static List<string> AssertProblem(string said, Action<AuthOptions> change, StubEnvironment? environment = null)
    {
        var problems = Problems(change, environment);
        Assert.Contains(problems, problem => problem.Contains(said, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain(Secret[..10], problem, StringComparison.Ordinal));
        return problems;
    }

    private static List<string> Problems(Action<AuthOptions> change, StubEnvironment? environment = null)
    {
        var options = new AuthOptions { Issuer = Gate.Issuer, Audience = Gate.Audience, SigningKeys = { Hmac(Secret, null) } };
        change(options);
        return [.. new AuthOptionsValidator(environment ?? StubEnvironment.Production).Validate(null, options).Failures ?? []];
    }

    private static void UseAuthority(AuthOptions options, string authority)
    {
        options.SigningKeys.Clear();
        options.Authority = authority;
    }

    private static void Replace(AuthOptions options, params SigningKeyOptions[] keys)
    {
        options.SigningKeys.Clear();
        foreach (var key in keys)
            options.SigningKeys.Add(key);
    }

    private static SigningKeyOptions Hmac(string key, string? kid, string algorithm = "HS256") =>
        new() { Kid = kid, Algorithm = algorithm, Key = key };

    private static SigningKeyOptions Pem(string algorithm, string pem, string? kid = null) =>
        new() { Kid = kid, Algorithm = algorithm, PublicKeyPem = pem };
}
