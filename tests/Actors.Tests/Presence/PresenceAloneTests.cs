using Akka.DistributedData;
using QuikApp.Actors.Presence;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>A node that is alone: it tells nobody, until somebody comes.</summary>
public sealed class PresenceAloneTests
{
    [Fact]
    public async Task Node_ThatWasAlone_TellsTheFirstWhoComesOfEverybodyWhoIsStillThere()
    {
        await using var first = await PresenceTestNode.Start();
        string[] users = [.. Enumerable.Range(0, 200).Select(i => $"u{i}")];
        foreach (var user in users.Append("gone"))
            first.Open(user, "w");
        await first.Sees("w", [.. users, "gone"]);
        first.Close("gone", "w");
        await first.Sees("w", users);
        var address = PresenceKeys.NodeOf(first.Cluster.SelfUniqueAddress).Address;
        foreach (var bucket in Enumerable.Range(0, PresenceKeys.Buckets))
            Assert.Empty(await PresenceClusterTests.Keys(DistributedData.Get(first.System).Replicator, PresenceKeys.Key(address, bucket)));

        await using (var second = await PresenceTestNode.Start(first.Cluster.SelfAddress))
        {
            await second.Sees("w", users);
            await second.Leave();
        }

        // What changes while it is alone again is told to the next one, and nothing that was true only before.
        await Eventually.True(() => Task.FromResult(first.Cluster.State.Members.Count == 1), "alone again");
        first.Close("u0", "w");
        first.Open("later", "w");
        await first.Sees("w", [.. users.Skip(1), "later"]);
        await using var third = await PresenceTestNode.Start(first.Cluster.SelfAddress);
        await third.Sees("w", [.. users.Skip(1), "later"]);
    }
}
