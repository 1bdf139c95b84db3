using QuikApp.Host.CommandLine;

namespace QuikApp.Host.Tests.CommandLine;

public sealed class StartBannerTests
{
    private static readonly StartBanner Banner = new(
        ["http://127.0.0.1:4000"],
        [KeyValuePair.Create("alice", "token.of.alice"), KeyValuePair.Create("bob", "token.of.bob"), KeyValuePair.Create("carol", "token.of.carol")],
        "curl -i http://127.0.0.1:4000/health/live");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_TokensAndCommand_StandAloneOnTheirLines(bool colour)
    {
        var lines = Write(colour).Split(Environment.NewLine);

        Assert.Contains("token.of.alice", lines);
        Assert.Contains("token.of.bob", lines);
        Assert.Contains("token.of.carol", lines);
        Assert.Contains("curl -i http://127.0.0.1:4000/health/live", lines);
    }

    [Fact]
    public void Write_Urls_AreThoseOfBothProtocols()
    {
        Assert.Contains("http://127.0.0.1:4000" + Environment.NewLine, Write(false), StringComparison.Ordinal);
        Assert.Contains("ws://127.0.0.1:4000/socket/websocket", Write(false), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutColour_IsPlain() => Assert.DoesNotContain('\u001b', Write(false));

    [Fact]
    public void Write_WithColour_ClosesWhatItOpens() =>
        Assert.Equal(Count("\u001b[1m"), Count("\u001b[0m"));

    [Theory]
    [InlineData(false, null, "xterm", true)]
    [InlineData(true, null, "xterm", false)]
    [InlineData(false, "1", "xterm", false)]
    [InlineData(false, "", "xterm", true)]
    [InlineData(false, null, "dumb", false)]
    [InlineData(false, null, null, false)]
    public void HasColour_Terminal_IsAskedFirst(bool redirected, string? noColor, string? terminal, bool expected) =>
        Assert.Equal(expected, StartBanner.HasColour(redirected, noColor, terminal));

    private static int Count(string text) => Write(true).Split(text).Length - 1;

    private static string Write(bool colour)
    {
        using var output = new StringWriter();
        Banner.Write(output, colour);
        return output.ToString();
    }
}
