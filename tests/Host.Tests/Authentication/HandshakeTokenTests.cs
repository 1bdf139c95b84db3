using Microsoft.Extensions.Primitives;
using QuikApp.Host.Authentication;

namespace QuikApp.Host.Tests.Authentication;

public sealed class HandshakeTokenTests
{
    [Theory]
    [InlineData("a", null, null, "a")]
    [InlineData(null, "Bearer a", null, "a")]
    [InlineData(null, "bEARER a", null, "a")]
    [InlineData(null, "Bearer   a ", null, "a")]
    [InlineData(null, null, "a", "a")]
    [InlineData("a", "Bearer a", "a", "a")]
    [InlineData("", "Bearer ", "a", "a")]
    [InlineData(null, "Basic YWxpY2U6cHc=", "a", "a")]
    [InlineData("a", "Bearera", null, "a")]
    public void Pick_OneTokenInAnyPlace_IsTaken(string? subprotocol, string? authorization, string? query, string token) =>
        Assert.Equal(new HandshakeToken(token, default), HandshakeToken.Pick(subprotocol, authorization, query, allowQuery: true));

    [Theory]
    [InlineData("a", "Bearer b", null)]
    [InlineData("a", null, "b")]
    [InlineData(null, "Bearer a", "b")]
    [InlineData("a", "Bearer a", "A")]
    public void Pick_DifferentTokens_IsRefused(string? subprotocol, string? authorization, string? query) =>
        Assert.Equal(new HandshakeToken(null, TokenRefusal.Conflicting), HandshakeToken.Pick(subprotocol, authorization, query, allowQuery: true));

    [Fact]
    public void Pick_RepeatedPlace_MustAgree()
    {
        StringValues same = new(["a", "a"]), different = new(["a", "b"]), headers = new(["Bearer a", "Bearer b"]);
        Assert.Equal("a", HandshakeToken.Pick(null, default, same, allowQuery: true).Token);
        Assert.Equal(TokenRefusal.Conflicting, HandshakeToken.Pick(null, default, different, allowQuery: true).Cause);
        Assert.Equal(TokenRefusal.Conflicting, HandshakeToken.Pick(null, headers, default, allowQuery: true).Cause);
    }

    [Fact]
    public void Pick_QueryNotAllowed_IsNotLookedAt()
    {
        Assert.Equal(TokenRefusal.QueryNotAllowed, HandshakeToken.Pick(null, default, "a", allowQuery: false).Cause);
        Assert.Equal("b", HandshakeToken.Pick("b", default, "a", allowQuery: false).Token);
    }

    [Fact]
    public void Pick_Nothing_IsMissing()
    {
        Assert.Equal(TokenRefusal.Missing, HandshakeToken.Pick(null, default, default, allowQuery: true).Cause);
        Assert.Equal(TokenRefusal.Missing, HandshakeToken.Pick(string.Empty, "Basic x", string.Empty, allowQuery: false).Cause);
    }

    [Fact]
    public void ToString_NeverHoldsTheToken() =>
        Assert.DoesNotContain("secret", $"{HandshakeToken.Pick("secret", default, default, true)}", StringComparison.Ordinal);
}
