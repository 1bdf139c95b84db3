using Akka.Actor;
using Akka.Remote;
using QuikApp.Actors.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>When a node that is silent counts as silent: what a node that is alone may still promise hangs on it.</summary>
public sealed class FailureDetectorTests
{
    // One that learns from what it has heard takes 10 s when two gaps of nearly 5 s are 20 s old.
    [Fact]
    public async Task Silence_CountsWithinFiveSeconds_WhateverWasHeardBefore()
    {
        using var system = ActorSystem.Create("silence", ActorSystemDefaults.Read("hocon/cluster.conf").WithFallback("akka.actor.provider = cluster"));
        var settings = AkkaCluster.Get(system).Settings;
        Assert.Equal(typeof(DeadlineFailureDetector), Type.GetType(settings.FailureDetectorImplementationClass));

        var now = 0L;
        var detector = new DeadlineFailureDetector(
            settings.FailureDetectorConfig.GetTimeSpan("acceptable-heartbeat-pause"), settings.HeartbeatInterval, () => now);
        detector.HeartBeat();
        while (detector.IsAvailable)
            now++;
        Assert.InRange(now, 4000, 5000);
        await system.Terminate();
    }
}
