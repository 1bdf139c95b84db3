using Akka.Actor;
using Akka.Configuration;

namespace QuikApp.Actors.Tests.Serialization;

/// <summary>An actor system that can name actors of other nodes.</summary>
public sealed class RemotingSystem : IDisposable
{
    public RemotingSystem() => System = (ExtendedActorSystem)ActorSystem.Create("quikapp", ConfigurationFactory.ParseString("""
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
        akka.stdout-loglevel = OFF
        akka.loglevel = OFF
        """));

    internal ExtendedActorSystem System { get; }

    /// <summary>An actor of another node.</summary>
    internal IActorRef Elsewhere => System.Provider.ResolveActorRef("akka.tcp://quikapp@node2.example:4053/user/topics/$a#1234567");

    public void Dispose() => System.Dispose();
}
