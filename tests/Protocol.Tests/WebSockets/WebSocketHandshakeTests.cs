using QuikApp.Protocol.WebSockets;

namespace QuikApp.Protocol.Tests.WebSockets;

public sealed class WebSocketHandshakeTests
{
    private static readonly HandshakeRequest Good =
        new("GET", ["Upgrade"], ["websocket"], ["dGhlIHNhbXBsZSBub25jZQ=="], ["13"]);

    [Fact]
    public void Accept_ExampleOfTheRfc_IsTheValueThere() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketHandshake.Accept("dGhlIHNhbXBsZSBub25jZQ=="));

    [Fact]
    public void Validate_GoodRequests_AreOk()
    {
        Assert.Equal(HandshakeOutcome.Ok, WebSocketHandshake.Validate(Good));
        Assert.Equal(HandshakeOutcome.Ok, WebSocketHandshake.Validate(Good with { Connection = ["keep-alive, Upgrade"] }));
        Assert.Equal(HandshakeOutcome.Ok, WebSocketHandshake.Validate(Good with { Connection = ["keep-alive", "UPGRADE"] }));
        Assert.Equal(HandshakeOutcome.Ok, WebSocketHandshake.Validate(Good with { Upgrade = ["WebSocket"] }));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("get")]
    public void Validate_OtherMethods_AreRefusedWithoutABody(string method)
    {
        var request = Good with { Method = method };

        Assert.Equal(HandshakeOutcome.WrongMethod, WebSocketHandshake.Validate(request));
        Assert.Equal("", WebSocketHandshake.Explain(HandshakeOutcome.WrongMethod, request));
    }

    [Fact]
    public void Validate_BrokenHeaders_AreRefusedInPhoenixWords()
    {
        AssertRefused(Good with { Connection = ["close"] }, HandshakeOutcome.ConnectionLacksUpgrade, "'connection' header must contain 'upgrade', got [\"close\"]");
        AssertRefused(Good with { Connection = [] }, HandshakeOutcome.ConnectionLacksUpgrade, "'connection' header must contain 'upgrade', got []");
        AssertRefused(Good with { Connection = ["notupgrade"] }, HandshakeOutcome.ConnectionLacksUpgrade, "'connection' header must contain 'upgrade', got [\"notupgrade\"]");
        AssertRefused(Good with { Upgrade = ["h2c"] }, HandshakeOutcome.UpgradeLacksWebSocket, "'upgrade' header must contain 'websocket', got [\"h2c\"]");
        AssertRefused(Good with { Key = [] }, HandshakeOutcome.KeyAbsent, "'sec-websocket-key' header is absent");
        AssertRefused(Good with { Version = ["12"] }, HandshakeOutcome.WrongVersion, "'sec-websocket-version' header must equal '13', got [\"12\"]");
        AssertRefused(Good with { Version = [] }, HandshakeOutcome.WrongVersion, "'sec-websocket-version' header must equal '13', got []");
        AssertRefused(Good with { Version = ["13", "13"] }, HandshakeOutcome.WrongVersion, "'sec-websocket-version' header must equal '13', got [\"13\", \"13\"]");
        AssertRefused(Good with { Upgrade = ["a\"\\b"] }, HandshakeOutcome.UpgradeLacksWebSocket, "'upgrade' header must contain 'websocket', got [\"a\\\"\\\\b\"]");
    }

    [Theory]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZSE=")]
    [InlineData("not base64 at all, no !=")]
    [InlineData("dGhlIHNhbXBsZSBu b25jZQ==")]
    [InlineData("AAAA")]
    public void Validate_KeyThatIsNot16BytesOfBase64_IsRefused(string key) =>
        Assert.Equal(HandshakeOutcome.KeyMalformed, WebSocketHandshake.Validate(Good with { Key = [key] }));

    [Fact]
    public void Validate_TwoKeys_AreRefused() =>
        Assert.Equal(HandshakeOutcome.KeyMalformed, WebSocketHandshake.Validate(Good with { Key = [Good.Key[0], Good.Key[0]] }));

    private static void AssertRefused(HandshakeRequest request, HandshakeOutcome outcome, string explanation)
    {
        Assert.Equal(outcome, WebSocketHandshake.Validate(request));
        Assert.Equal(explanation, WebSocketHandshake.Explain(outcome, request));
    }
}
