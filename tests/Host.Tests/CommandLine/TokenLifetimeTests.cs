using QuikApp.Host.CommandLine;

namespace QuikApp.Host.Tests.CommandLine;

public sealed class TokenLifetimeTests
{
    [Theory]
    [InlineData("1s", 1)]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("1h", 3600)]
    [InlineData("7d", 604_800)]
    [InlineData("366d", 31_622_400)]
    public void TryParse_NumberAndUnit_IsThatLong(string text, int seconds)
    {
        Assert.True(TokenLifetime.TryParse(text, out var lifetime));
        Assert.Equal(TimeSpan.FromSeconds(seconds), lifetime);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("1")]
    [InlineData("0s")]
    [InlineData("-1h")]
    [InlineData("+1h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData(" 1h")]
    [InlineData("1H")]
    [InlineData("1w")]
    [InlineData("1h30m")]
    [InlineData("367d")]
    [InlineData("2147483648s")]
    [InlineData("2147483647d")]
    [InlineData("٣h")]
    public void TryParse_AnythingElse_IsNoDuration(string? text) => Assert.False(TokenLifetime.TryParse(text, out _));
}
