using System.Collections.Concurrent;
using System.Text;
using Akka.Actor;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A session of the running server on a socket that the test plays, to put a leave in the middle of a replay.</summary>
[Collection(OpenServerTests.Name)]
public sealed class ReplayAndLeaveTests(OpenServer server)
{
    [Fact]
    public async Task Leave_InTheMiddleOfAReplay_NothingComesBehindTheClose()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using (var author = await PhoenixClient.ConnectAsync(server, "author"))
        {
            await author.JoinAsync(topic);
            await author.SendAsync([.. Enumerable.Range(0, 20).Select(i => $$"""["1","{{i}}","{{topic}}","message:send",{"content":"x"}]""")]);
            await author.NextAsync(40);
        }

        var token = (await server.Service<TokenValidator>().ValidateAsync(server.Token("alice"))).Token!;
        using var inbox = Inbox.Create(server.Service<ActorSystem>());
        var socket = new PlayedSocket();
        using var session = new Session(token, Device.Web, PhoenixVersion.V2, socket, inbox.Receiver, server.Service<SessionServicesSource>().Current!);
        socket.Leave = () => session.OnMessage(binary: false, Encoding.UTF8.GetBytes($$"""["1","2","{{topic}}","phx_leave",{}]"""));
        session.OnMessage(binary: false, Encoding.UTF8.GetBytes($$"""["1","1","{{topic}}","phx_join",{"since":0}]"""));
        session.OnAnswer(await inbox.ReceiveAsync(TimeSpan.FromSeconds(10)));

        await socket.Left.Task.WaitAsync(TimeSpan.FromSeconds(10));
        // A second join is answered behind whatever the first one's replay still had to say.
        session.OnMessage(binary: false, Encoding.UTF8.GetBytes($$"""["3","3","{{topic}}","phx_join",{}]"""));
        session.OnAnswer(await inbox.ReceiveAsync(TimeSpan.FromSeconds(10)));
        var names = socket.Sent.Select(text => text.Split('"') is var parts && parts.Contains("phx_close") ? "close" : parts.Contains("phx_reply") ? "reply" : "event");
        Assert.Equal(["reply", "event", "reply", "close", "reply"], names);
    }

    private sealed class PlayedSocket : ISessionSocket
    {
        private int _events;
        private int _rooms;

        public ConcurrentQueue<string> Sent { get; } = new();

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action Leave { get; set; } = () => { };

        public Task Ended { get; } = Task.CompletedTask;

        public void Send(WireFrame frame)
        {
            // A short header and no mask: the text begins at its first bracket.
            var text = Encoding.UTF8.GetString(frame.Bytes.Span);
            Sent.Enqueue(text[text.IndexOf('[', StringComparison.Ordinal)..]);
            if (!text.Contains("phx_", StringComparison.Ordinal) && Interlocked.Increment(ref _events) == 1)
                Leave();
        }

        public Task Room(CancellationToken cancellation)
        {
            // The page has been sent: 20 messages, and the channel's creation before them.
            if (Interlocked.Increment(ref _rooms) == 21)
                Left.TrySetResult();
            return Task.CompletedTask.WaitAsync(cancellation);
        }

        public void Close(int code, string reason) => Assert.Fail($"closed with {code} {reason}");
    }
}
