using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;
using QuikApp.Simulation.Cluster;

namespace QuikApp.Simulation.Clients;

/// <summary>A topic that a socket joined, on the server's side: replays what was missed and goes live. What is replayed is the product's rule.</summary>
internal sealed class Subscription(World world, Connection connection, Topic topic, JoinParams join) : ISubscriber
{
    private const int ReadPage = 3;

    private bool _hasLeft;

    public Topic Topic => topic;

    public StreamId Stream { get; } = StreamId.Of(topic)!.Value;

    public Requester Requester => connection.Requester;

    public PhoenixVersion Version => PhoenixVersion.V2;

    public Hub? Hub { get; private set; }

    public void Deliver(WireFrame frame)
    {
        if (!_hasLeft)
            connection.ToClient(client => client.OnEvent(this, frame));
    }

    public void Push(string @event, Action<Utf8JsonWriter> payload) => throw new NotSupportedException();

    public void Tell(HubMessages.ToSession message) => throw new NotSupportedException();

    public void Joined(Hub hub, long head) => Local(() =>
    {
        Hub = hub;
        if (Resume.Plan(join, head).IsAhead)
            CheckHead(hub, head);
        else
            Begin(hub, Resume.Plan(join, head));
    }, orElse: () => hub.Leave(this));

    private void CheckHead(Hub hub, long head) => connection.Node.After(world.Random.Between(200, 5_000), () =>
    {
        if (_hasLeft)
            return;
        if (world.Journal.IsUp)
            Begin(hub, Resume.Plan(join, Resume.HeadOf(head, join.Since!.Value, world.Journal.Head(Stream))));
        else
            connection.EndJoin(this, Refusal.Unavailable);
    });

    private void Begin(Hub hub, Resume resume)
    {
        connection.ToClient(client => client.OnJoined(this, resume));
        if (resume.Needed)
            Replay(resume);
        else
            hub.Node.After(1, () => hub.GoLive(this, resume.LiveFrom));
    }

    public void Refused(Refusal why) => Local(() => connection.EndJoin(this, why));

    public void Behind(long from, long head) => Local(() => Replay(Resume.Further(from, head)));

    /// <summary>Nothing more is delivered.</summary>
    public void Leave()
    {
        _hasLeft = true;
        if (Hub is { } hub)
            hub.Node.After(1, () => hub.Leave(this));
    }

    private void Replay(Resume resume) => ReplayFrom(world.Break == Break.ResumeSkipsOne ? resume.From + 1 : resume.From, resume);

    private void ReplayFrom(long from, Resume resume)
    {
        if (_hasLeft)
            return;
        if (from > resume.To)
        {
            Hub!.Node.After(1, () => Hub.GoLive(this, resume.LiveFrom));
            return;
        }

        world.Journal.Read(connection.Node, Stream, from, Math.Min(resume.To, from + ReadPage - 1), rows =>
        {
            if (rows is null)
            {
                // The client is told to join again: it knows how far it came.
                if (!_hasLeft)
                    connection.EndJoin(this, Refusal.Unavailable);
                return;
            }

            foreach (var row in rows)
                Deliver(BroadcastEvent.Of(topic, row.Event, World.Context).Frame(Version));
            ReplayFrom(from + rows.Count, resume);
        });
    }

    private void Local(Action what, Action? orElse = null) => connection.Node.After(1, () =>
    {
        if (!_hasLeft)
            what();
        else
            orElse?.Invoke();
    });
}
