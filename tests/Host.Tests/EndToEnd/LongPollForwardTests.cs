using System.Net;
using System.Text.Json;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Host.Authentication;
using QuikApp.Host.LongPoll;
using QuikApp.Host.Sessions;
using QuikApp.Host.Sockets;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>
/// A second node of the cluster, with the long-poll endpoint and no session of its own: whatever reaches it is for the first,
/// and travels through Akka's remoting.
/// </summary>
public sealed class LongPollForwardTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly OpenServer _server = new();
    private WebApplication? _neighbour;

    private Uri Neighbour => new(_neighbour!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        if (_neighbour is not null)
            await _neighbour.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Request_ToAnotherNode_ReachesTheSession()
    {
        // The channel is up before there is a second node: this build's sharding is not made for one.
        var topic = $"channel:{await _server.ChannelAsync()}";
        using var here = await LongPollClient.ConnectAsync(_server, "alice");
        using var socket = await PhoenixClient.ConnectAsync(_server, "bob");
        await socket.JoinAsync(topic);
        await here.JoinAsync(topic);
        await StartNeighbourAsync();
        using var there = new LongPollClient(_server, accessToken: null, baseAddress: Neighbour) { Token = here.Token };

        // A message there, and its answer there.
        var pending = there.PollAsync();
        await socket.SendAsync($$"""["1","2","{{topic}}","message:send",{"content":"one"}]""");
        var one = await socket.NextAsync();
        Assert.Equal([one], Messages(await pending.WaitAsync(Patience)));
        Assert.Equal("""{"status":200}""", await there.PushAsync($$"""["1","3","{{topic}}","message:send",{"content":"two"}]"""));

        // From here on the two nodes take turns, as behind a load balancer that knows nothing.
        here.Token = there.Token;
        var frames = await here.NextAsync(2);
        Assert.Contains("\"two\"", frames[0], StringComparison.Ordinal);
        Assert.Contains("phx_reply", frames[1], StringComparison.Ordinal);

        // An answer that was lost between the nodes is given by the other.
        var token = here.Token;
        Assert.Equal("""{"status":200}""", await here.PushAsync("""[null,"9","phoenix","heartbeat",{}]"""));
        var beat = Messages(await here.PollAsync());
        there.Token = token;
        Assert.Equal(beat, Messages(await there.PollAsync()));

        // Bodies that are none are answered alike, and long messages travel.
        Assert.Equal("""{"status":400,"reason":"malformed frame","message":1}""", await there.PushAsync("[1]"));
        var content = new string('x', 16_000);
        for (var i = 0; i < 12; i++)
            await socket.SendAsync($$"""["1","{{i}}","{{topic}}","message:send",{"content":"{{content}}"}]""");
        Assert.All(await there.NextAsync(12), frame => Assert.Contains(content, frame, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_ForASessionOfANodeThatIsNotThere_IsGone()
    {
        await StartNeighbourAsync();
        using var here = await LongPollClient.ConnectAsync(_server, "alice");
        var tokens = _server.Service<PollTokens>();
        var ticket = tokens.Open(here.Token!)!;
        using var lost = new LongPollClient(_server, accessToken: null, baseAddress: Neighbour) { Token = tokens.Seal(ticket with { Node = ticket.Node + 1 }) };
        Assert.Equal("""{"messages":[],"status":410,"token":null}""", (await lost.PollAsync()).GetRawText());

        // The node is there, and the session is not.
        lost.Token = tokens.Seal(ticket with { Session = new string('0', 32) });
        Assert.Equal("""{"status":410}""", await lost.PushAsync("""[null,"9","phoenix","heartbeat",{}]"""));
        Assert.Equal("""{"messages":[],"status":410,"token":null}""", (await lost.PollAsync()).GetRawText());
    }

    private async Task StartNeighbourAsync()
    {
        var first = Cluster.Get(_server.Service<ActorSystem>());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddAkka(first.System.Name, (akka, _) => akka
            .WithQuikAppDefaults(_server.Service<IKeyStore>())
            .WithRemoting(new RemoteOptions { HostName = "127.0.0.1", Port = 0 })
            .WithClustering(new ClusterOptions { SeedNodes = [first.SelfAddress.ToString()] }));
        _neighbour = builder.Build();
        LongPollEndpoint? endpoint = null;
        _neighbour.Map("/socket/longpoll", context => endpoint!.Handle(context));
        await _neighbour.StartAsync();

        var system = _neighbour.Services.GetRequiredService<ActorSystem>();
        endpoint = new LongPollEndpoint(
            _server.Service<SessionAdmission>(),
            _server.Service<OriginPolicy>(),
            _server.Service<TokenValidator>(),
            _server.Service<PollTokens>(),
            new LongPollRouter(system, _neighbour.Services.GetRequiredService<IReadOnlyActorRegistry>(), _server.Service<IOptions<LongPollOptions>>()),
            _server.Service<IOptions<LongPollOptions>>(),
            _server.Service<IOptions<SocketOptions>>(),
            _server.Service<IOptions<AuthOptions>>());

        // Up on both sides: only then does either know where the other is.
        var deadline = TimeProvider.System.GetTimestamp();
        while (first.State.Members.Count(m => m.Status == MemberStatus.Up) < 2 || Cluster.Get(system).State.Members.Count(m => m.Status == MemberStatus.Up) < 2)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, "the nodes do not meet");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static List<string> Messages(JsonElement answer) => [.. answer.GetProperty("messages").EnumerateArray().Select(m => m.GetString()!)];
}
