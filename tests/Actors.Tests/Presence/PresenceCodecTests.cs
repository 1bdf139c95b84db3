using CsCheck;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>How presence is written into the replicated data, and that it fits.</summary>
public sealed class PresenceCodecTests
{
    private static readonly Gen<string> Id = Gen.String[Gen.Char["ABCxyz019_-"], 1, 64];

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() =>
        Gen.Select(Gen.Int, Id, Id, Gen.Byte[0, 7], Gen.Long[0, 4_000_000_000_000], Gen.Long[0, 4_000_000_000_000]).Sample((uid, w, u, bits, since, seen) =>
        {
            var (workspace, user, entry) = (WorkspaceId.Parse(w), UserId.Parse(u), new NodeEntry(new Devices(bits), since, seen));
            var (node, name) = (new NodeId("host:1", uid), PresenceCodec.Name(uid, workspace, user));

            Assert.Equal(new PresenceFact.EntryPut(node, workspace, user, entry), PresenceCodec.Read("host:1", name, PresenceCodec.Text(entry)));
            Assert.Equal(new PresenceFact.EntryGone(node, workspace, user), PresenceCodec.Read("host:1", name, null));
            Assert.True(PresenceCodec.TryUid(name, out var there));
            Assert.Equal(uid, there);
        });

    [Fact]
    public void Read_AStatusThatWasWritten_IsTheSame() =>
        Gen.Select(Gen.Int, Id, Gen.Int[0, 3], Gen.String[0, 128], Gen.Long[-1, 4_000_000_000_000], Gen.Long[1, long.MaxValue])
            .Sample((uid, u, kind, text, ends, version) =>
            {
                var status = new UserStatus((PresenceStatus)kind, text.Length > 0 ? text : null, ends < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ends), version);
                var (node, user) = (new NodeId("host:1", uid), UserId.Parse(u));
                var name = PresenceCodec.Name(uid, null, user);

                Assert.Equal(new PresenceFact.StatusPut(node, user, status), PresenceCodec.Read("host:1", name, PresenceCodec.Text(status)));
                Assert.Equal(new PresenceFact.StatusGone(node, user), PresenceCodec.Read("host:1", name, null));
            });

    [Theory]
    [InlineData("", "1:1:0")]
    [InlineData("1/w/u", "")]
    [InlineData("1/w/u", "8:1:0")]
    [InlineData("1/w/u", "1:1")]
    [InlineData("1/w/u", "1:1:0:0")]
    [InlineData("1/w/u", "1:x:0")]
    [InlineData("1/w/u", "1:999999999999999999:0")]
    [InlineData("x/w/u", "1:1:0")]
    [InlineData("1/w/u/v", "1:1:0")]
    [InlineData("1/w w/u", "1:1:0")]
    [InlineData("1/w/", "1:1:0")]
    [InlineData("1//u", "1:0:")]
    [InlineData("1//u", "1:9::")]
    [InlineData("1//u", "-1:0::")]
    [InlineData("1//u", "1:0:x:")]
    public void Read_WhatAnotherReleaseMayWrite_IsNothing(string name, string value) => Assert.Null(PresenceCodec.Read("host:1", name, value));

    [Fact]
    public void AddressOf_AKeyOfOurs_IsItsNode()
    {
        Assert.Equal("10.0.0.1:4053", PresenceKeys.AddressOf(PresenceKeys.Key("10.0.0.1:4053", 31).Id));
        Assert.Equal("[::1]:4053", PresenceKeys.AddressOf(PresenceKeys.Key("[::1]:4053", 0).Id));
        Assert.Null(PresenceKeys.AddressOf("directory/1"));
        Assert.Null(PresenceKeys.AddressOf("presence/"));
    }

    [Fact]
    public void BucketOf_ManyUsers_SpreadsThemAndStaysAsItIs()
    {
        var sizes = Enumerable.Range(0, 32_000).GroupBy(i => PresenceKeys.BucketOf(UserId.Parse($"user-{i}"))).Select(bucket => bucket.Count()).ToList();
        Assert.Equal(PresenceKeys.Buckets, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 400, 600));
        // Nodes of two releases have to agree.
        Assert.Equal(AliceBucket, PresenceKeys.BucketOf(UserId.Parse("alice")));
    }

    // A message longer than the frame is thrown away, again and again: nothing of it ever arrives.
    [Fact]
    public void Message_OfTheReplicator_FitsTheFrameAtFiftyThousandPresencesANode()
    {
        var config = ActorSystemDefaults.Read("hocon/cluster.conf");
        var keys = config.GetInt("akka.cluster.distributed-data.max-delta-elements");
        var frame = config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size")!.Value;
        const int Presences = 50_000;
        const int EntryBytes = 100;

        Assert.True(keys * (Presences / PresenceKeys.Buckets) * EntryBytes < 0.8 * frame);
    }

    private const int AliceBucket = 26;
}
