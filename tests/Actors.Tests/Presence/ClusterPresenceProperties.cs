using CsCheck;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>What holds for every order in which nodes say things, fall silent, leave and crash.</summary>
public sealed class ClusterPresenceProperties
{
    private const int GraceMs = 50;
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_000_000);
    private static readonly WorkspaceId[] Workspaces = [WorkspaceId.Parse("w0"), WorkspaceId.Parse("w1")];
    private static readonly UserId[] Users = [UserId.Parse("u0"), UserId.Parse("u1"), UserId.Parse("u2")];
    private static readonly NodeId[] Nodes = [new("a:1", 1), new("b:1", 2), new("b:1", 3)];

    private static readonly Gen<WorkspaceId> Workspace = Pick(Workspaces);
    private static readonly Gen<UserId> User = Pick(Users);
    private static readonly Gen<NodeId> Node = Pick(Nodes);

    private static readonly Gen<NodeEntry> Entry = Gen.Select(
        Gen.Byte[0, 7], Gen.Long[1, 2_000], (bits, at) => bits == 0 ? NodeEntry.Left(at) : new NodeEntry(new Devices(bits), at, 0));

    private static readonly Gen<UserStatus> Status = Gen.Select(
        Gen.Int[0, 3], Pick<string?>(null, "x", "y"), Gen.Int[-1, 400], Gen.Long[1, 6],
        (status, text, ends, version) => new UserStatus((PresenceStatus)status, text, ends < 0 ? null : Start.AddMilliseconds(ends), version));

    private static readonly Gen<PresenceFact> Said = Gen.Frequency(
        (6, Gen.Select(Node, Workspace, User, Entry, (n, w, u, e) => (PresenceFact)new PresenceFact.EntryPut(n, w, u, e))),
        (3, Gen.Select(Node, User, Status, (n, u, s) => (PresenceFact)new PresenceFact.StatusPut(n, u, s))),
        (3, Node.Select(n => (PresenceFact)new PresenceFact.NodeShown(n))),
        (2, Node.Select(n => (PresenceFact)new PresenceFact.NodeHidden(n))),
        (1, Node.Select(n => (PresenceFact)new PresenceFact.NodeDropped(n))));

    private static readonly Gen<PresenceFact> Any = Gen.Frequency(
        (8, Said),
        (2, Gen.Select(Node, Workspace, User, (n, w, u) => (PresenceFact)new PresenceFact.EntryGone(n, w, u))),
        (1, Gen.Select(Node, User, (n, u) => (PresenceFact)new PresenceFact.StatusGone(n, u))),
        (1, Node.Select(n => (PresenceFact)new PresenceFact.NodeLeft(n))));

    // A fact and the ms that pass before it.
    private static Gen<(PresenceFact Fact, int Wait)[]> Steps(Gen<PresenceFact> facts) => Gen.Select(facts, Gen.Int[0, 30]).Array[0, 60];

    [Fact]
    public void Changes_OfAnyHistory_KeepTheListOfWhoListens() => Steps(Any).Sample(steps =>
    {
        foreach (var viewer in new[] { default, Users[0] })
        {
            var seen = new Dictionary<(WorkspaceId, UserId), UserPresence>();
            Run(steps, (presence, changes) =>
            {
                foreach (var change in changes.Select(change => change.SeenBy(viewer)).Where(change => change.IsVisible))
                    Follow(seen, change);
                Assert.Equal(ListOf(presence, viewer), seen.Values.Select(Look).Order(StringComparer.Ordinal));
            });
        }
    });

    [Fact]
    public void Net_OfAnyHistory_LeadsToTheSameList() => Steps(Any).Sample(steps =>
    {
        var all = new List<PresenceChange>();
        var end = Run(steps, (_, changes) => all.AddRange(changes));

        var seen = new Dictionary<(WorkspaceId, UserId), UserPresence>();
        foreach (var change in PresenceChange.Net(all))
            Follow(seen, change);
        Assert.Equal(
            Workspaces.SelectMany(end.In).Select(Look).Order(StringComparer.Ordinal), seen.Values.Select(Look).Order(StringComparer.Ordinal));
        Assert.Equal(PresenceChange.Net(all).Length, PresenceChange.Net(all).DistinctBy(change => (change.Workspace, change.User)).Count());
    });

    // Without graces the picture is a function of the last words alone.
    [Fact]
    public void Of_WithoutGraces_IsTheUnionOfWhatShownNodesSaidLast() => Steps(Said).Sample(steps =>
    {
        var shown = new HashSet<NodeId>();
        var entries = new Dictionary<(NodeId, WorkspaceId, UserId), NodeEntry>();
        var statuses = new Dictionary<(NodeId Node, UserId User), UserStatus>();
        var now = Start;
        var i = 0;
        Run(steps, (presence, _) =>
        {
            now = now.AddMilliseconds(steps[i].Wait);
            switch (steps[i++].Fact)
            {
                case PresenceFact.EntryPut m:
                    entries[(m.Node, m.Workspace, m.User)] = m.Entry;
                    break;
                case PresenceFact.StatusPut m:
                    statuses[(m.Node, m.User)] = m.Status;
                    break;
                case PresenceFact.NodeShown m:
                    shown.Add(m.Node);
                    break;
                case PresenceFact.NodeHidden m:
                    shown.Remove(m.Node);
                    break;
                case PresenceFact.NodeDropped m:
                    shown.Remove(m.Node);
                    entries = entries.Where(e => e.Key.Item1 != m.Node).ToDictionary();
                    statuses = statuses.Where(s => s.Key.Node != m.Node).ToDictionary();
                    break;
            }

            foreach (var (workspace, user) in Workspaces.SelectMany(w => Users.Select(u => (w, u))))
            {
                var bits = entries.Where(e => shown.Contains(e.Key.Item1) && (e.Key.Item2, e.Key.Item3) == (workspace, user)).Aggregate(0, (sum, e) => sum | e.Value.Devices.Bits);
                var newest = statuses.Where(s => s.Key.User == user).Select(s => s.Value.Version).DefaultIfEmpty().Max();
                var actual = presence.Of(workspace, user);
                Assert.Equal(bits, actual?.Devices.Bits ?? 0);
                if (actual is null)
                    continue;
                // Two streams never give the same version to two statuses; where these do, either will do.
                var candidates = statuses.Where(s => s.Key.User == user && s.Value.Version == newest).Select(s => s.Value).DefaultIfEmpty(UserStatus.Unset)
                    .Select(s => s.ExpiresAt <= now ? UserStatus.Unset : s);
                Assert.Contains((actual.Status, actual.StatusText), candidates.Select(s => (s.Status, s.Text)));
            }
        });
    });

    [Fact]
    public void Grace_OfNodesThatAllLeft_LeavesNobodyBehind() => Steps(Any).Sample(steps =>
    {
        var presence = Run(steps, (_, _) => { });
        var (now, changes) = (Start.AddSeconds(10), new List<PresenceChange>());
        var online = Workspaces.SelectMany(presence.In).Count();
        foreach (var node in Nodes)
            presence.Apply(new PresenceFact.NodeLeft(node), now, changes);
        Assert.Equal(online, Workspaces.SelectMany(presence.In).Count() + PresenceChange.Net(changes).Count(change => change.After is null));

        presence.Advance(now.AddMilliseconds(GraceMs), changes);
        Assert.Empty(Workspaces.SelectMany(presence.In));
        Assert.Null(presence.NextDue);
        Assert.All(Users, user => Assert.Equal(0, presence.StatusOf(user).Version));
    });

    [Fact]
    public void NextDue_BeforeIt_NothingChanges() => Steps(Any).Sample(steps =>
    {
        var presence = Run(steps, (_, _) => { });
        var changes = new List<PresenceChange>();
        while (presence.NextDue is { } due)
        {
            presence.Advance(due.AddTicks(-1), changes);
            Assert.Empty(changes);
            presence.Advance(due, changes);
            Assert.True(presence.NextDue is not { } next || next > due);
            changes.Clear();
        }
    });

    [Fact]
    public void Between_TwoLists_LeadsFromOneToTheOther() => Gen.Select(List, List).Sample((before, after) =>
    {
        var seen = before.ToDictionary(pair => (Workspaces[0], pair.Key), pair => pair.Value);
        var changes = PresenceChange.Between(Workspaces[0], before, after, Start);
        foreach (var change in changes)
            Follow(seen, change);
        Assert.Equal(after.Values.Select(Look).Order(StringComparer.Ordinal), seen.Values.Select(Look).Order(StringComparer.Ordinal));
        Assert.All(changes, change => Assert.True(change.IsVisible));
    });

    private static Gen<Dictionary<UserId, UserPresence>> List => Gen.Select(User, Gen.Int[0, 3], Pick<string?>(null, "x"), Gen.Byte[1, 7])
        .Select((user, status, text, bits) => new UserPresence(user, (PresenceStatus)status, text, new Devices(bits), Start))
        .Array[0, 5].Select(all => all.DistinctBy(p => p.User).ToDictionary(p => p.User));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static ClusterPresence Run((PresenceFact Fact, int Wait)[] steps, Action<ClusterPresence, IReadOnlyList<PresenceChange>> after)
    {
        var presence = new ClusterPresence(TimeSpan.FromMilliseconds(GraceMs));
        var now = Start;
        foreach (var (fact, wait) in steps)
        {
            now = now.AddMilliseconds(wait);
            var changes = new List<PresenceChange>();
            presence.Apply(fact, now, changes);
            after(presence, changes);
        }

        return presence;
    }

    // As a client does; a join of somebody who is there, or anything else out of place, is an error.
    private static void Follow(Dictionary<(WorkspaceId, UserId), UserPresence> seen, PresenceChange change)
    {
        var key = (change.Workspace, change.User);
        Assert.Equal(change.Before is null ? null : Look(change.Before), seen.TryGetValue(key, out var there) ? Look(there) : null);
        if (change.After is { } after)
            seen[key] = after;
        else
            seen.Remove(key);
    }

    private static IEnumerable<string> ListOf(ClusterPresence presence, UserId viewer) =>
        Workspaces.SelectMany(presence.In).Select(p => p.SeenBy(viewer)).OfType<UserPresence>().Select(Look).Order(StringComparer.Ordinal);

    private static string Look(UserPresence p) => $"{p.User} {p.Status} {p.StatusText} {p.Devices.Bits}";
}
