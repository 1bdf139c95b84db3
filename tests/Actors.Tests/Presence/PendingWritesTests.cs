using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>What waits to be told to the other nodes.</summary>
public sealed class PendingWritesTests
{
    private static readonly PresenceName[] Names =
        [.. Enumerable.Range(0, 200).Select(i => new PresenceName(WorkspaceId.Parse("w"), UserId.Parse($"u{i}")))];

    [Fact]
    public void TryTake_OfMany_GivesEachOnceByBucketTheLongestWaitingFirst()
    {
        var pending = new PendingWrites();
        foreach (var name in Names.Concat(Names.Take(50)))
            pending.Add(name);

        var taken = new List<(int Bucket, IReadOnlyCollection<PresenceName> Names)>();
        while (pending.TryTake(out var bucket, out var names))
            taken.Add((bucket, names!));

        Assert.Equal(Names.Select(name => PresenceKeys.BucketOf(name.User)).Distinct(), taken.Select(write => write.Bucket));
        Assert.All(taken, write => Assert.All(write.Names, name => Assert.Equal(write.Bucket, PresenceKeys.BucketOf(name.User))));
        Assert.Equal(Names.Select(name => name.User.Value).Order(), taken.SelectMany(write => write.Names).Select(name => name.User.Value).Order());
        Assert.True(pending.IsEmpty);
    }

    [Fact]
    public void TryTake_OfAWholeBucket_HasNoNames()
    {
        var pending = new PendingWrites();
        pending.Add(Names[0]);
        pending.AddAll();
        pending.Add(Names[1]);

        var buckets = new List<int>();
        while (pending.TryTake(out var bucket, out var names))
        {
            Assert.Null(names);
            buckets.Add(bucket);
        }

        Assert.Equal(PresenceKeys.BucketOf(Names[0].User), buckets[0]);
        Assert.Equal(Enumerable.Range(0, PresenceKeys.Buckets), buckets.Order());

        pending.AddAll();
        pending.Clear();
        Assert.False(pending.TryTake(out _, out _));
    }
}
