using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class PhoenixVersionsTests
{
    [Theory]
    [InlineData(null, PhoenixVersion.V1)]
    [InlineData("1.0.0", PhoenixVersion.V1)]
    [InlineData("1.0.3", PhoenixVersion.V1)]
    [InlineData("2.0.0", PhoenixVersion.V2)]
    [InlineData("2.0.7", PhoenixVersion.V2)]
    [InlineData("2.0.123456789012345678901234567890", PhoenixVersion.V2)]
    [InlineData("2.0.1-rc.1", PhoenixVersion.V2)]
    [InlineData("2.0.0+build.007", PhoenixVersion.V2)]
    public void TryParse_WithinTheRequirement_IsTheVersion(string? vsn, PhoenixVersion expected)
    {
        Assert.True(PhoenixVersions.TryParse(vsn, out var version));
        Assert.Equal(expected, version);
    }

    [Theory]
    [InlineData("5.0.0")]
    [InlineData("2.1.0")]
    [InlineData("1.1.0")]
    [InlineData("3.0.0")]
    [InlineData("0.0.0")]
    [InlineData("12.0.0")]
    [InlineData("2.0.0-rc.1")]
    [InlineData("1.0.0-0")]
    [InlineData("2")]
    [InlineData("2.0")]
    [InlineData("2.0.")]
    [InlineData("2.0.0.0")]
    [InlineData("2.0.00")]
    [InlineData("2.0.01")]
    [InlineData("02.0.0")]
    [InlineData("2.00.0")]
    [InlineData("2.0.-1")]
    [InlineData("2.0.1-")]
    [InlineData("2.0.1-01")]
    [InlineData("2.0.1-a..b")]
    [InlineData("2.0.1-a_b")]
    [InlineData("2.0.0+")]
    [InlineData("2.0.0+a+b")]
    [InlineData(" 2.0.0")]
    [InlineData("2.0.0 ")]
    [InlineData("2.0.0\n")]
    [InlineData("v2.0.0")]
    [InlineData("~> 2.0.0")]
    [InlineData("٢.0.0")]
    [InlineData("2.0.٠")]
    [InlineData("abc")]
    [InlineData("")]
    public void TryParse_AnythingElse_IsRefused(string vsn) => Assert.False(PhoenixVersions.TryParse(vsn, out _));
}
