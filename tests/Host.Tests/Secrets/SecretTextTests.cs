using System.Security.Cryptography;
using System.Text;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Tests.Secrets;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    public void FromBase64_RandomBytes_AreReadInBothAlphabetsWithAndWithoutPadding(int length)
    {
        var key = RandomNumberGenerator.GetBytes(length);
        var text = Convert.ToBase64String(key);
        foreach (var spelling in new[] { text, text.TrimEnd('='), text.Replace('+', '-').Replace('/', '_'), $" {text}\n" })
            Assert.Equal(key, SecretText.FromBase64(spelling, 32, 512).Bytes);
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("=", "is empty")]
    [InlineData("not base64!", "is not base64")]
    [InlineData("A", "is not base64")]
    [InlineData("AAAA", "is 3 bytes long")]
    public void FromBase64_NoKey_SaysWhatAndHow(string? text, string said)
    {
        var read = SecretText.FromBase64(text, 32, 32);
        Assert.False(read.Succeeded);
        Assert.Contains(said, read.Problem, StringComparison.Ordinal);
        Assert.Contains("openssl rand -base64 32", read.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("change-me-change-me-change-me-change-me")]
    [InlineData("your-256-bit-secret-goes-right-here!")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("0123456789abcdef-my-very-long-Password")]
    [InlineData("abababababababababababababababababababab")]
    public void FromBase64_Placeholder_IsRefusedAndNotQuoted(string placeholder)
    {
        var text = Convert.ToBase64String(Encoding.ASCII.GetBytes(placeholder));
        var read = SecretText.FromBase64(text, 32, 512);
        Assert.False(read.Succeeded);
        Assert.Contains("placeholder", read.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(text, read.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(placeholder, read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void IsPlaceholder_RunsAndZeros_True()
    {
        Assert.True(SecretText.IsPlaceholder(new byte[32]));
        Assert.True(SecretText.IsPlaceholder([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.True(SecretText.IsPlaceholder([.. Enumerable.Range(0, 32).Select(i => (byte)(200 - 3 * i))]));
    }

    [Fact]
    public void IsPlaceholder_RandomKeys_False()
    {
        for (var i = 0; i < 2000; i++)
        {
            Assert.False(SecretText.IsPlaceholder(RandomNumberGenerator.GetBytes(32)));
            Assert.False(SecretText.IsPlaceholder(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64))));
        }
    }
}
