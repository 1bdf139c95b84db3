using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Authentication;

public sealed class TokenValidatorTests
{
    private const string Header = """{"alg":"HS256","typ":"at+jwt","kid":"mac"}""";

    private static readonly long Now = Gate.Now.ToUnixTimeSeconds();

    [Fact]
    public async Task Validate_FullToken_GivesWhatItSays()
    {
        using var gate = Gate.Symmetric("mac");
        var result = await gate.Validator.ValidateAsync(Token(
            ("sub", "\"alice\""), ("workspace", "[\"demo\",\"other\",\"demo\"]"), ("role", "\"moderator\""), ("name", "\"Älice 🦊\""),
            ("jti", "\"j-1\""), ("sid", "\"s-1\""), ("unknown", "{\"a\":[1]}")));

        var token = result.Token!;
        Assert.Equal(UserId.Parse("alice"), token.UserId);
        Assert.Equal([WorkspaceId.Parse("demo"), WorkspaceId.Parse("other")], token.Workspaces.OrderBy(workspace => workspace.Value));
        Assert.Equal(Role.Moderator, token.Role);
        Assert.Equal("Älice 🦊", token.DisplayName);
        Assert.Equal(("j-1", "s-1"), (token.TokenId, token.SessionId));
        Assert.Equal(Gate.Now, token.IssuedAt);
        Assert.Equal(Gate.Now.AddHours(1), token.ExpiresAt);
    }

    [Fact]
    public async Task Validate_BareToken_IsAMemberOfNoWorkspace()
    {
        using var gate = Gate.Symmetric("mac");
        var token = (await gate.Validator.ValidateAsync(Token(("sub", "\"alice\""), ("iat", null)))).Token!;
        Assert.Empty(token.Workspaces);
        Assert.Equal(Role.Member, token.Role);
        Assert.Null(token.DisplayName ?? token.TokenId ?? token.SessionId);
        Assert.Null(token.IssuedAt);
    }

    [Fact]
    public async Task Validate_ConfiguredNames_AreFollowed()
    {
        using var gate = Gate.Symmetric("mac", o => (o.WorkspaceClaim, o.RoleClaim) = ("https://quikapp/ws", "quik_role"));
        var token = (await gate.Validator.ValidateAsync(Token(
            ("https://quikapp/ws", "\"demo\""), ("quik_role", "\"admin\""), ("role", "\"authenticated\"")))).Token!;
        Assert.Equal([WorkspaceId.Parse("demo")], token.Workspaces);
        Assert.Equal(Role.Admin, token.Role);
    }

    [Theory]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"\\u202Ebob\"")]
    [InlineData("\"   \"")]
    [InlineData("\"\"")]
    [InlineData("5")]
    [InlineData("null")]
    public async Task Validate_NameThatCannotBeShown_IsLeftOut(string name)
    {
        using var gate = Gate.Symmetric("mac");
        var result = await gate.Validator.ValidateAsync(Token(("name", name)));
        Assert.True(result.IsAccepted);
        Assert.Null(result.Token.DisplayName);
    }

    [Fact]
    public async Task Validate_AudienceAmongOthers_IsAccepted()
    {
        using var gate = Gate.Symmetric("mac");
        Assert.True((await gate.Validator.ValidateAsync(Token(("aud", $"[\"other\",\"{Gate.Audience}\"]")))).IsAccepted);
    }

    [Theory]
    [InlineData("at+jwt", false)]
    [InlineData("JWT", false)]
    [InlineData("chat+jwt", true)]
    [InlineData("application/CHAT+jwt", true)]
    public async Task Validate_ConfiguredTypes_ReplaceTheDefaultOnes(string type, bool accepted)
    {
        using var gate = Gate.Symmetric("mac", o => o.TokenTypes.Add("chat+jwt"));
        var token = TestKeys.Forge($$"""{"alg":"HS256","typ":"{{type}}","kid":"mac"}""", HostileTokens.GoodClaims, TestKeys.Hs256);
        Assert.Equal(accepted, (await gate.Validator.ValidateAsync(token)).IsAccepted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Validate_Nothing_IsMissing(string? token)
    {
        using var gate = Gate.Symmetric("mac");
        Assert.Equal(TokenRefusal.Missing, (await gate.Validator.ValidateAsync(token)).Cause);
    }

    [Fact]
    public async Task Validate_AsTimePasses_ExpiresAtExpPlusSkew()
    {
        using var gate = Gate.Symmetric("mac");
        var token = Token(("exp", $"{Now + 60}"));
        gate.Time.Advance(TimeSpan.FromSeconds(89));
        Assert.True((await gate.Validator.ValidateAsync(token)).IsAccepted);
        gate.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.True((await gate.Validator.ValidateAsync(token)).IsAccepted);
        gate.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TokenRefusal.Expired, (await gate.Validator.ValidateAsync(token)).Cause);
    }

    [Theory]
    [InlineData("nbf")]
    [InlineData("iat")]
    public async Task Validate_AsTimePasses_BeginsSkewBeforeItsTime(string claim)
    {
        using var gate = Gate.Symmetric("mac");
        var token = Token(("iat", null), (claim, $"{Now + 60}"));
        gate.Time.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.Equal(TokenRefusal.NotYetValid, (await gate.Validator.ValidateAsync(token)).Cause);
        gate.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await gate.Validator.ValidateAsync(token)).IsAccepted);
    }

    [Fact]
    public async Task Validate_NoSkew_IsExact()
    {
        using var gate = Gate.Symmetric("mac", o => o.ClockSkew = TimeSpan.Zero);
        Assert.True((await gate.Validator.ValidateAsync(Token(("exp", $"{Now + 1}")))).IsAccepted);
        Assert.Equal(TokenRefusal.Expired, (await gate.Validator.ValidateAsync(Token(("exp", $"{Now}"), ("iat", null)))).Cause);
    }

    [Fact]
    public async Task Validate_LifetimeOfExactlyTheLimit_IsAccepted()
    {
        using var gate = Gate.Symmetric("mac", o => o.MaxLifetime = TimeSpan.FromHours(2));
        Assert.True((await gate.Validator.ValidateAsync(Token(("exp", $"{Now + 7200}")))).IsAccepted);
        Assert.Equal(TokenRefusal.Lifetime, (await gate.Validator.ValidateAsync(Token(("exp", $"{Now + 7201}")))).Cause);
        Assert.Equal(TokenRefusal.Lifetime, (await gate.Validator.ValidateAsync(Token(("exp", $"{Now + 60}"), ("iat", $"{Now - 7200}")))).Cause);
    }

    [Fact]
    public async Task Validate_KeysThatThrow_RefusesAndTellsOnlyTheType()
    {
        using var gate = new Gate(new BrokenKeys());
        var token = Token();
        Assert.Equal(TokenRefusal.Fault, (await gate.EnterAsync(token)).Cause);
        Assert.Contains(gate.Lines, line => line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
        Assert.DoesNotContain(gate.Lines, line => line.Contains(BrokenKeys.Message, StringComparison.Ordinal));
    }

    private static string Token(params (string Name, string? Json)[] changes) =>
        TestKeys.Forge(Header, HostileTokens.Claims(changes), TestKeys.Hs256);

    private sealed class BrokenKeys : IVerificationKeys
    {
        public const string Message = "quotes the token";

        public ValueTask<VerificationKey?> FindAsync(string? kid) => throw new InvalidOperationException(Message);
    }
}
