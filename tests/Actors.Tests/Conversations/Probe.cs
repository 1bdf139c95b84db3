using Akka.Actor;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>An actor that records what it is told: in the place of a hub or a session.</summary>
internal sealed class Probe
{
    private Probe()
    {
    }

    public IActorRef Ref { get; private set; } = ActorRefs.Nobody;

    /// <summary>Messages with their senders.</summary>
    public Recording<(object Message, IActorRef Sender)> Received { get; } = new();

    public static Probe In(ActorSystem system)
    {
        var probe = new Probe();
        probe.Ref = system.ActorOf(Props.Create(() => new Recorder(probe.Received)));
        return probe;
    }

    /// <summary>Waits for the <paramref name="nth"/> message of a type.</summary>
    public async Task<T> Expect<T>(int nth = 1) =>
        (await Received.Until(all => all.Count(m => m.Message is T) >= nth)).Select(m => m.Message).OfType<T>().ElementAt(nth - 1);

    /// <summary>Ends when <paramref name="actor"/> has ended.</summary>
    public async Task Ended(IActorRef actor)
    {
        Ref.Tell(new Watch(actor));
        await Received.First(m => m.Message is Terminated t && t.ActorRef.Equals(actor));
    }

    private sealed record Watch(IActorRef Actor);

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(Recording<(object Message, IActorRef Sender)> received)
        {
            Receive<Watch>(m => Context.Watch(m.Actor));
            ReceiveAny(m => received.Add((m, Sender)));
        }
    }
}
