using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using QuikApp.Host.Authentication;
using QuikApp.Host.Secrets;
using QuikApp.Host.Tests.Secrets;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Authentication;

public sealed class TokenIssuerTests : IDisposable
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly WorkspaceId[] Demo = [WorkspaceId.Parse("demo")];

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Gate.Now);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    public async Task Issue_EveryFamily_IsAcceptedByTheValidator(string algorithm)
    {
        var path = algorithm[..2] switch
        {
            "HS" => _directory.Write("k", Convert.ToBase64String(TestKeys.Hmac)),
            "ES" => _directory.Write("k", TestKeys.Curve.ExportECPrivateKeyPem()),
            _ => _directory.Write("k", TestKeys.Rsa.ExportPkcs8PrivateKeyPem()),
        };
        var options = Options.Create(new AuthOptions
        {
            Issuer = Gate.Issuer,
            Audience = Gate.Audience,
            SigningKeys = { new() { Kid = "k1", Algorithm = algorithm, KeyPath = path } },
        });

        var token = await RoundTripAsync(options, StubEnvironment.Production);

        Assert.Equal(Alice, token.UserId);
        Assert.Equal(Demo, token.Workspaces);
        Assert.Equal(Role.Auditor, token.Role);
        Assert.Equal("Alice Ä", token.DisplayName);
        Assert.Equal(Gate.Now.AddMinutes(90), token.ExpiresAt);
        Assert.Equal(Gate.Now, token.IssuedAt);
        Assert.NotNull(token.TokenId);
        Assert.NotNull(token.SessionId);
    }

    [Fact]
    public async Task Issue_DevelopmentWithoutKeys_UsesAKeyThatIsKept()
    {
        var options = Development();
        var first = new SigningKeyRing(options, StubEnvironment.Development, Data);
        var second = new SigningKeyRing(options, StubEnvironment.Development, Data);
        Assert.Equal(first.Keys[0].Kid, second.Keys[0].Kid);

        var text = new TokenIssuer(options, first, _time).Issue(Alice, Demo, Role.Member, TimeSpan.FromHours(1));
        Assert.True((await Validator(options, second).ValidateAsync(text)).IsAccepted);
        Assert.True(File.Exists(_directory.File("data/signing.key")));
    }

    [Fact]
    public async Task Issue_KeyOfAnotherDataDirectory_IsUnknown()
    {
        var options = Development();
        var mine = new SigningKeyRing(options, StubEnvironment.Development, Data);
        var other = new SigningKeyRing(options, StubEnvironment.Development, new DataDirectory(_directory.File("other")));
        var text = new TokenIssuer(options, other, _time).Issue(Alice, Demo, Role.Member, TimeSpan.FromHours(1));
        Assert.Equal(TokenRefusal.UnknownKey, (await Validator(options, mine).ValidateAsync(text)).Cause);
    }

    [Fact]
    public void Issue_PublicKeyOnly_SaysWhyNot()
    {
        var options = Options.Create(new AuthOptions
        {
            SigningKeys = { new() { Algorithm = "RS256", PublicKeyPem = TestKeys.RsaPublicPem } },
        });
        var sut = new TokenIssuer(options, new SigningKeyRing(options, StubEnvironment.Production, Data), _time);
        Assert.Contains("No private key is configured", sut.Obstacle, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => sut.Issue(Alice, Demo, Role.Member, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Issue_ProductionWithoutKeys_MakesNone()
    {
        var options = Development();
        var ring = new SigningKeyRing(options, StubEnvironment.Production, Data);
        Assert.Empty(ring.Keys);
        Assert.Null(ring.Signing);
        Assert.False(Directory.Exists(Data.Path));
    }

    [Fact]
    public void Issue_LifeOutOfRange_Throws()
    {
        var options = Development();
        var sut = new TokenIssuer(options, new SigningKeyRing(options, StubEnvironment.Development, Data), _time);
        Assert.Null(sut.Obstacle);
        Assert.Throws<ArgumentOutOfRangeException>(() => sut.Issue(Alice, Demo, Role.Member, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => sut.Issue(Alice, Demo, Role.Member, TimeSpan.FromHours(25)));
    }

    private DataDirectory Data => new(_directory.File("data"));

    private static IOptions<AuthOptions> Development() => Options.Create(new AuthOptions
    {
        Issuer = AuthDefaults.DevelopmentIssuer,
        Audience = AuthDefaults.DevelopmentAudience,
    });

    private async Task<AccessToken> RoundTripAsync(IOptions<AuthOptions> options, StubEnvironment environment)
    {
        var ring = new SigningKeyRing(options, environment, Data);
        var text = new TokenIssuer(options, ring, _time).Issue(Alice, Demo, Role.Auditor, TimeSpan.FromMinutes(90), "Alice Ä");
        return (await Validator(options, ring).ValidateAsync(text)).Token!;
    }

    private TokenValidator Validator(IOptions<AuthOptions> options, SigningKeyRing ring) =>
        new(options, new ConfiguredKeys(ring.Keys), NoRevocations.Instance, _time, NullLogger<TokenValidator>.Instance);
}
