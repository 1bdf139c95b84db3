using System.Security.Cryptography;
using Akka.Actor;
using QuikApp.Actors.LongPoll;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// Owns the long-poll sessions of a node, each a child under its own name, and passes on what comes for them from this node
/// and the others. A session that fails is stopped and not started again.
/// </summary>
internal sealed class LongPollSessions : ReceiveActor
{
    private readonly LongPollServices _services;
    private readonly HashSet<string> _finished = [];

    public LongPollSessions(LongPollServices services)
    {
        _services = services;
        Receive<Open>(OnOpen);
        Receive<LongPollMessages.IForSession>(OnMessage);
        Receive<Finished>(_ => OnFinished());
        Receive<Terminated>(m => _finished.Remove(m.ActorRef.Path.Name));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    private void OnOpen(Open m)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PollTicket.SessionBytes));
        Context.Watch(Context.ActorOf(Props.Create(() => new LongPollSession(m, _services)), name));
        Sender.Tell(new Opened(name));
    }

    private void OnMessage(LongPollMessages.IForSession m)
    {
        var session = Context.Child(m.Session);
        if (!session.IsNobody() && !_finished.Contains(m.Session))
            session.Forward(m);
        else if (m is LongPollMessages.Poll)
            Sender.Tell(LongPollMessages.Polled.Gone);
        else
            Sender.Tell(LongPollMessages.Pushed.Gone);
    }

    private void OnFinished()
    {
        _finished.Add(Sender.Path.Name);
        Sender.Tell(PoisonPill.Instance);
    }

    /// <summary>Opens a session for somebody who was admitted. Answered with <see cref="Opened"/>.</summary>
    internal sealed record Open(AccessToken Token, Device Device, PhoenixVersion Version, SessionServices Services) : INoSerializationVerificationNeeded;

    /// <summary>A session's word that it has nothing more to say.</summary>
    internal sealed class Finished : INoSerializationVerificationNeeded
    {
        public static readonly Finished Instance = new();

        private Finished()
        {
        }
    }

    /// <summary>A session is there.</summary>
    internal sealed record Opened(string Session) : INoSerializationVerificationNeeded;
}
