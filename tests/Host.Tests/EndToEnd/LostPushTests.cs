using System.Collections.Concurrent;
using System.Text;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Hosting;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.WebSockets;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A conversation ends and starts anew while pushes are on their way to it: those that may be asked twice are, nobody waits long.</summary>
[Collection(OpenServerTests.Name)]
public sealed class LostPushTests(OpenServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Push_LostWithItsConversation_IsAskedAgainIfItHasAKeyAndElseSoonRefused()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        var system = server.Service<ActorSystem>();
        var services = server.Service<SessionServicesSource>().Current!;
        var token = (await server.Service<TokenValidator>().ValidateAsync(server.Token("alice"))).Token!;
        using var answers = Inbox.Create(system);
        using var region = Inbox.Create(system);
        var socket = new RecordingSocket();
        // What the session asks of conversations gets no further than the test lets it.
        using var session = new Session(
            token, Device.Web, PhoenixVersion.V2, socket, answers.Receiver, services with { Conversations = region.Receiver });
        void Push(string frame) => session.OnMessage(binary: false, Encoding.UTF8.GetBytes(frame));

        Push($$"""["1","1","{{topic}}","phx_join",{}]""");
        session.OnAnswer(await answers.ReceiveAsync(Patience));
        Push($$"""["1","2","{{topic}}","message:send",{"content":"kept","clientId":"k"}]""");
        Push($$"""["1","3","{{topic}}","message:send",{"content":"without a key"}]""");
        Push($$"""["1","4","{{topic}}","message:delete",{"id":"msg_00000000000000000000000000"}]""");
        var lost = Assert.IsType<Execute>(await region.ReceiveAsync(Patience));
        Assert.IsType<Execute>(await region.ReceiveAsync(Patience));
        Assert.IsType<Execute>(await region.ReceiveAsync(Patience));
        Assert.False(lost.IsRepeat);

        system.ActorSelection($"/system/sharding/conversation/*/{lost.Stream}").Tell(PoisonPill.Instance);
        session.OnAnswer(await answers.ReceiveAsync(Patience));

        var again = Assert.IsType<Execute>(await region.ReceiveAsync(Patience));
        Assert.Equal(lost with { IsRepeat = true }, again);
        Assert.IsType<ConversationCommand.Delete>(Assert.IsType<Execute>(await region.ReceiveAsync(Patience)).Command);
        // Both reach the conversation after all: it is journaled once, and answered once.
        services.Conversations.Tell(lost, answers.Receiver);
        services.Conversations.Tell(again, answers.Receiver);
        session.OnAnswer(await answers.ReceiveAsync(Patience));
        session.OnAnswer(await answers.ReceiveAsync(Patience));
        var replies = await socket.Until(reply => reply.Contains("\"2\"", StringComparison.Ordinal));
        Assert.Contains("\"status\":\"ok\"", Assert.Single(replies, r => r.StartsWith("[\"1\",\"2\",", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(2, await services.Conversation.Store.Head(lost.Stream, CancellationToken.None));

        await Eventually.Async(() =>
        {
            session.ExpirePending();
            return Task.FromResult(socket.Sent.Any(reply => reply.StartsWith("[\"1\",\"3\",", StringComparison.Ordinal)));
        });
        Assert.Contains("unavailable", socket.Sent.Single(r => r.StartsWith("[\"1\",\"3\",", StringComparison.Ordinal)), StringComparison.Ordinal);
        // It was asked again, and has its time as before.
        Assert.DoesNotContain(socket.Sent, reply => reply.StartsWith("[\"1\",\"4\",", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_ToAnotherNode_WaitsOnlyWhileTheMajorityIsHeard(bool isHeard)
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        var system = server.Service<ActorSystem>();
        var services = server.Service<SessionServicesSource>().Current!;
        var conversation = services.Conversation with { };
        conversation.Attach(services.Conversation.Conversations, services.Conversation.Settlement, services.Conversation.Presence, new Majority(() => isHeard, TimeProvider.System));
        var token = (await server.Service<TokenValidator>().ValidateAsync(server.Token("alice"))).Token!;
        using var answers = Inbox.Create(system);
        using var nowhere = Inbox.Create(system);
        var socket = new RecordingSocket();
        using var session = new Session(
            token, Device.Web, PhoenixVersion.V2, socket, answers.Receiver, services with { Conversation = conversation, Conversations = nowhere.Receiver });
        void Push(string frame) => session.OnMessage(binary: false, Encoding.UTF8.GetBytes(frame));
        Push($$"""["1","1","{{topic}}","phx_join",{}]""");
        session.OnAnswer(await answers.ReceiveAsync(Patience));
        Push($$"""["1","2","{{topic}}","message:send",{"content":"to nobody"}]""");
        Assert.True(session.HasPending);

        session.ExpirePending();

        Assert.Equal(isHeard, session.HasPending);
        Assert.Equal(isHeard ? 0 : 1, socket.Sent.Count(reply => reply.StartsWith("[\"1\",\"2\",", StringComparison.Ordinal) && reply.Contains("unavailable", StringComparison.Ordinal)));
    }

    private sealed class RecordingSocket : ISessionSocket
    {
        public ConcurrentQueue<string> Sent { get; } = new();

        public Task Ended { get; } = Task.CompletedTask;

        public void Send(WireFrame frame)
        {
            // A short header and no mask: the text begins at its first bracket.
            var text = Encoding.UTF8.GetString(frame.Bytes.Span);
            Sent.Enqueue(text[text.IndexOf('[', StringComparison.Ordinal)..]);
        }

        public async Task<IReadOnlyList<string>> Until(Func<string, bool> isThere)
        {
            await Eventually.Async(() => Task.FromResult(Sent.Any(isThere)));
            return [.. Sent];
        }

        public Task Room(CancellationToken cancellation) => Task.CompletedTask;

        public void Close(int code, string reason) => Assert.Fail($"closed with {code} {reason}");
    }
}
