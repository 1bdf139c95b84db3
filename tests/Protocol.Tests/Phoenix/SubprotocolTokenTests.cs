using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class SubprotocolTokenTests
{
    // "1234", as the stock client encodes it.
    private const string Bearer = "base64url.bearer.phx.MTIzNA";

    [Theory]
    [InlineData("phoenix, " + Bearer, "1234", true)]
    [InlineData(Bearer + ", phoenix", "1234", true)]
    [InlineData("phoenix," + Bearer, "1234", true)]
    [InlineData("  phoenix\t,\t" + Bearer + " ", "1234", true)]
    [InlineData("phoenix, " + Bearer + "==", "1234", true)]
    [InlineData("phoenix, other, " + Bearer, "1234", true)]
    [InlineData(Bearer, "1234", false)]
    [InlineData("phoenix", null, true)]
    [InlineData("other, phoenix", null, true)]
    [InlineData("phoenix, base64url.bearer.phx.", "", true)]
    [InlineData("base64url.bearer.phx.", "", false)]
    [InlineData("phoenix, " + Bearer + ", " + Bearer, null, true)]
    [InlineData("phoenix, " + Bearer + ", base64url.bearer.phx.!", null, true)]
    public void Read_KnownProtocols_AreAccepted(string header, string? token, bool answersPhoenix)
    {
        var read = SubprotocolToken.Read([header]);
        Assert.False(read.IsRefused);
        Assert.Equal(token, read.Token);
        Assert.Equal(answersPhoenix, read.AnswersPhoenix);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("Phoenix")]
    [InlineData("phoenix2")]
    [InlineData("other, " + Bearer)]
    [InlineData(Bearer + ", " + Bearer)]
    public void Read_NoKnownProtocol_IsRefused(string header) => AssertRefused(header);

    [Theory]
    [InlineData("M")]
    [InlineData("MTIzN")]
    [InlineData("MTIz-A")]
    [InlineData("MTIz_A")]
    [InlineData("MTIzNA=")]
    [InlineData("MTIzNA===")]
    [InlineData("MTIz====")]
    [InlineData("=")]
    [InlineData("====")]
    [InlineData("MT=IzNA")]
    [InlineData("MT IzNA")]
    [InlineData("MTIzNA.")]
    [InlineData("MTIzNÄ")]
    [InlineData("MTIz\0NA")]
    [InlineData("/w")]
    [InlineData("7aCA")]
    public void Read_TokenThatIsNotBase64OfText_IsRefused(string encoded)
    {
        AssertRefused("phoenix, base64url.bearer.phx." + encoded);
        AssertRefused("base64url.bearer.phx." + encoded);
    }

    [Fact]
    public void Read_StandardAlphabet_IsDecoded()
    {
        // Both characters that the url-safe alphabet replaces.
        const string Token = "a?~>ÿ€";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Token)).TrimEnd('=');
        Assert.Equal("YT9+PsO/4oKs", encoded);
        Assert.Equal(Token, SubprotocolToken.Read(["phoenix, base64url.bearer.phx." + encoded]).Token);
    }

    [Fact]
    public void Read_HeaderAbsent_IsNoTokenAndNoProtocol()
    {
        var read = SubprotocolToken.Read([]);
        Assert.False(read.IsRefused);
        Assert.Null(read.Token);
        Assert.False(read.AnswersPhoenix);
    }

    [Fact]
    public void Read_SeveralLines_AreOneList()
    {
        var read = SubprotocolToken.Read(["phoenix", null, Bearer]);
        Assert.Equal("1234", read.Token);
        Assert.True(read.AnswersPhoenix);
        Assert.Null(SubprotocolToken.Read(["phoenix, " + Bearer, Bearer]).Token);
    }

    [Fact]
    public void ToString_NeverShowsTheToken()
    {
        Assert.Equal("accepted, token, phoenix", SubprotocolToken.Read(["phoenix, " + Bearer]).ToString());
        Assert.Equal("refused, no token, no protocol", SubprotocolToken.Read(["other"]).ToString());
    }

    private static void AssertRefused(string header)
    {
        var read = SubprotocolToken.Read([header]);
        Assert.True(read.IsRefused);
        Assert.Null(read.Token);
        Assert.False(read.AnswersPhoenix);
    }
}
