using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using QuikApp.Actors.LongPoll;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// Takes a request to the node that has its session: a load balancer may send it to any. A node that has left, cannot be
/// reached or was started anew has no sessions any more.
/// </summary>
internal sealed class LongPollRouter(ActorSystem system, IReadOnlyActorRegistry actors, IOptions<LongPollOptions> options)
{
    /// <summary>What a message may take to another node and back, beside the time that it waits there.</summary>
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(5);

    private readonly Cluster _cluster = Cluster.Get(system);

    /// <summary>This node, as tickets name it.</summary>
    public int Node => _cluster.SelfUniqueAddress.Uid;

    /// <summary>Opens a session on this node.</summary>
    /// <returns>Its name; null while the node is starting or stopping.</returns>
    public async Task<string?> OpenAsync(Admission who, CancellationToken cancellation)
    {
        if (!actors.TryGet<LongPollSessions>(out var sessions))
            return null;
        var open = new LongPollSessions.Open(who.Token!, who.Device, who.Version, who.Services!);
        try
        {
            return (await sessions.Ask<LongPollSessions.Opened>(open, Travel, cancellation)).Session;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Waits for what the session has to say, a window at most.</summary>
    public Task<LongPollMessages.Polled> PollAsync(PollTicket ticket, CancellationToken cancellation) =>
        AskAsync(
            ticket,
            new LongPollMessages.Poll(ticket.Session, ticket.User.Value, ticket.Received),
            LongPollMessages.Polled.Gone,
            cancellation);

    /// <summary>Hands messages of the client to the session, and waits until it has read them.</summary>
    public Task<LongPollMessages.Pushed> PushAsync(PollTicket ticket, IReadOnlyList<PollFrame> frames, CancellationToken cancellation) =>
        AskAsync(
            ticket,
            new LongPollMessages.Push(ticket.Session, ticket.User.Value, ticket.Received, frames),
            LongPollMessages.Pushed.Gone,
            cancellation);

    private async Task<T> AskAsync<T>(PollTicket ticket, LongPollMessages.IForSession message, T gone, CancellationToken cancellation)
        where T : class
    {
        if (Find(ticket.Node) is not { } sessions)
            return gone;
        try
        {
            return await sessions.Ask<T>(message, options.Value.Window + Travel, cancellation);
        }
        catch (AskTimeoutException)
        {
            // The node went, or is cut off: the client opens another session and resumes.
            return gone;
        }
    }

    private ICanTell? Find(int node)
    {
        if (node == Node)
            return actors.TryGet<LongPollSessions>(out var sessions) ? sessions : null;

        var state = _cluster.State;
        var member = state.Members.FirstOrDefault(m => m.UniqueAddress.Uid == node);
        return member is null || state.Unreachable.Contains(member)
            ? null
            : system.ActorSelection(new RootActorPath(member.Address) / "user" / LongPollMessages.ActorName);
    }
}
