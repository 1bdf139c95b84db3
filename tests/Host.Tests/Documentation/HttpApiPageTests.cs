using System.Globalization;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Tests.Api;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>The page of the HTTP API lists what there is, and its examples happen again as they are shown.</summary>
public sealed class HttpApiPageTests : IAsyncLifetime
{
    private static readonly Document Page = Document.Read("http-api.md");

    private readonly ApiServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Problems_OfTheCode_AreExactlyThoseOfTheTable() =>
        Assert.Equal(
            Enum.GetValues<ProblemReason>().Select(reason => $"{Problem.TextOf(reason)} {Problem.StatusOf(reason).ToString(CultureInfo.InvariantCulture)}"),
            Page.Section("## Problems").Rows().Select(row => $"{row[0].Trim('`')} {row[1]}"));

    [Fact]
    public async Task Operations_OfTheDocument_AreExactlyThoseOfTheTable()
    {
        using var nobody = ApiCaller.With(_server, null);
        var operations = (await ApiSchema.ReadAsync(nobody)).Operations().Select(operation => $"{operation.Method} {operation.Path}");
        Assert.Equal(operations.Order(StringComparer.Ordinal), Page.Section("## Requests").Keys().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Examples_PlayedInTheirOrder_AreAnsweredAsShown()
    {
        var blocks = Page.Http();
        Assert.True(blocks.Count > 20, "hardly any examples");
        var play = new HttpTranscript(_server);
        for (var i = 0; i < blocks.Count; i += 2)
        {
            var (shown, found) = await play.PlayAsync(blocks[i], blocks[i + 1]);
            Assert.True(shown == found, $"{blocks[i]}\n\nis answered\n\n{found}\n\nand the page says\n\n{shown}");
        }
    }
}
