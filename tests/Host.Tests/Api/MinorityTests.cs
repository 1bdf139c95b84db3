using QuikApp.Actors.Conversations;
using QuikApp.Actors.Hosting;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>A node that does not hear the majority of its cluster answers nothing over HTTP, and is not ready.</summary>
public sealed class MinorityTests : IAsyncLifetime
{
    private readonly OpenServer _server = new();
    private volatile bool _isHeard;

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Requests_OnANodeThatIsAlone_Are503UntilItHearsTheOthers()
    {
        var services = _server.Service<ConversationServices>();
        services.Attach(services.Conversations, services.Settlement, services.Presence, new Majority(() => _isHeard, TimeProvider.System));
        using var caller = ApiCaller.As(_server, "bob", Role.Member);

        (await caller.GetAsync("channels/general")).Refused(503, "unavailable");
        (await caller.PostAsync("channels/general/messages", """{"content":"anybody?"}""", "k")).Refused(503, "unavailable");
        Assert.Equal(503, (await caller.RawAsync("GET", "/health/ready")).Status);

        _isHeard = true;
        await Eventually.Async(async () => (await caller.RawAsync("GET", "/health/ready")).Status == 200);
        (await caller.GetAsync("channels/general")).Ok();
        (await caller.PostAsync("channels/general/messages", """{"content":"anybody?"}""", "k")).Ok(201);
    }
}
