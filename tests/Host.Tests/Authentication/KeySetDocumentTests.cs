using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using QuikApp.Host.Authentication;

namespace QuikApp.Host.Tests.Authentication;

public sealed class KeySetDocumentTests
{
    [Fact]
    public void Read_UsableKeys_AreTakenWithOneAlgorithmEach()
    {
        var reading = Read(Rsa(TestKeys.Rsa, "a"), Rsa(TestKeys.Rsa, "b", "\"alg\":\"PS256\",\"use\":\"sig\""), Curve("c"), Curve("d", "\"key_ops\":[\"verify\"]"));
        Assert.Equal(["a RS256", "b PS256", "c ES256", "d ES256"], reading.Keys!.Select(key => key.ToString()));
    }

    [Fact]
    public void Read_UnusableKeys_AreLeftOut()
    {
        using var weak = RSA.Create(1024);
        var good = TestKeys.Curve.ExportParameters(false).Q;
        var offCurve = $$"""{"kty":"EC","crv":"P-256","kid":"off","x":"{{Base64Url.EncodeToString(good.X)}}","y":"{{Base64Url.EncodeToString(good.X)}}"}""";
        var exponentOne = Rsa(TestKeys.Rsa, "e1").Replace("\"e\":\"AQAB\"", "\"e\":\"AQ\"", StringComparison.Ordinal);
        var reading = Read(
            Rsa(weak, "weak"), offCurve, exponentOne, Rsa(TestKeys.Rsa, "enc", "\"use\":\"enc\""), Rsa(TestKeys.Rsa, "ops", "\"key_ops\":[\"sign\"]"),
            Rsa(TestKeys.Rsa, "none", "\"alg\":\"none\""), Rsa(TestKeys.Rsa, "mac", "\"alg\":\"HS256\""), Rsa(TestKeys.Rsa, "es", "\"alg\":\"ES256\""),
            Rsa(TestKeys.Rsa, "../path"), Curve("alg", "\"alg\":\"ES384\""), """{"kty":"oct","kid":"oct","k":"AAAA"}""", """{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"AA"}""",
            """{"kty":"RSA","kid":"empty"}""", """{"kty":"RSA","kid":"bad","n":"!!","e":"AQAB"}""", "5", "null", "{}", Rsa(TestKeys.Rsa, "good"));
        Assert.Equal(["good RS256"], reading.Keys!.Select(key => key.ToString()));
    }

    [Fact]
    public void Read_TwoKeysOfOneName_FirstCounts() =>
        Assert.Equal(["a RS256"], Read(Rsa(TestKeys.Rsa, "a"), Curve("a")).Keys!.Select(key => key.ToString()));

    [Fact]
    public void Read_NoKeys_IsASetOfNone() => Assert.Empty(Read().Keys!);

    [Fact]
    public void Read_MoreThan20Keys_IsRefusedWhole()
    {
        Assert.Equal(20, Read([.. Enumerable.Range(0, 20).Select(i => Curve($"k{i}"))]).Keys!.Count);
        Assert.False(Read([.. Enumerable.Range(0, 21).Select(i => Curve($"k{i}"))]).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":null}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    public void Read_NoKeySet_IsRefused(string json) => Assert.False(KeySetDocument.Read(Encoding.UTF8.GetBytes(json)).Succeeded);

    internal static string Rsa(RSA key, string kid, string? more = null)
    {
        var modulus = Base64Url.EncodeToString(key.ExportParameters(false).Modulus);
        return $$"""{"kty":"RSA","kid":"{{kid}}","n":"{{modulus}}","e":"AQAB"{{(more is null ? "" : "," + more)}}}""";
    }

    internal static string Curve(string kid, string? more = null)
    {
        var point = TestKeys.Curve.ExportParameters(false).Q;
        return $$"""{"kty":"EC","crv":"P-256","kid":"{{kid}}","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"{{(more is null ? "" : "," + more)}}}""";
    }

    internal static string Set(params string[] keys) => $"{{\"keys\":[{string.Join(',', keys)}]}}";

    private static KeySetReading Read(params string[] keys) => KeySetDocument.Read(Encoding.UTF8.GetBytes(Set(keys)));
}
