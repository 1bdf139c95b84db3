using CsCheck;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>What a node says of its own users, over every order of sockets that come and go.</summary>
public sealed class LocalPresencesProperties
{
    private const int GraceMs = 50;
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_000_000);
    private static readonly WorkspaceId Workspace = WorkspaceId.Parse("w");
    private static readonly NodeId Self = new("a:1", 1);
    private static readonly Requester[] Users = [PresenceTestNode.Given("u0", "w"), PresenceTestNode.Given("u1", "w")];

    /// <summary>Opens a socket, or closes the oldest that there is, after a time.</summary>
    private static readonly Gen<(int User, Device Device, bool Open, int Wait)[]> Steps =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 40], (user, device, open, wait) => (user, (Device)device, open, wait)).Array[0, 60];

    [Fact]
    public void Entry_OfAnyHistory_HasTheDevicesOpenOrClosedWithinTheGrace() => Steps.Sample(steps =>
    {
        var sockets = new List<Socket>();
        var local = Run(steps, sockets, (table, now) =>
        {
            foreach (var user in Users)
            {
                var expected = sockets.Where(s => s.User == user && !(s.Closed + TimeSpan.FromMilliseconds(GraceMs) <= now))
                    .Aggregate(Devices.None, (sum, s) => sum.Union(Devices.Of(s.Device)));
                Assert.Equal(expected, DevicesOf(table, user));
            }

            Assert.Equal(Users.Count(user => !DevicesOf(table, user).IsEmpty), table.Online);
        });

        // Closed all and waited long enough, nothing is left, and whoever was here left when their last socket ended.
        var end = Start.AddSeconds(100);
        foreach (var socket in sockets.Where(s => s.Closed is null))
            Close(local, socket, end);
        var changed = new List<PresenceName>();
        local.Advance(end.AddMilliseconds(GraceMs), changed);
        foreach (var user in Users.Where(user => sockets.Any(s => s.User == user)))
        {
            var last = sockets.Where(s => s.User == user).Max(s => s.Closed)!.Value.ToUnixTimeMilliseconds();
            if (local.FactOf(Self, new PresenceName(Workspace, user.User)) is PresenceFact.EntryPut put)
                Assert.Equal(NodeEntry.Left(last), put.Entry);
        }

        local.Advance(end.AddMinutes(5), changed);
        Assert.Empty(local.Facts(Self));
        Assert.Empty(local.Names());
        Assert.Null(local.NextDue);
        Assert.Equal(0, local.Online);
    });

    // That somebody is no longer spoken of means to others that the node is emptying itself.
    [Fact]
    public void Facts_OfAnyHistory_SayThatSomebodyLeftBeforeTheySayNothing() => Steps.Sample(steps =>
    {
        var told = new Dictionary<PresenceName, PresenceFact>();
        Run(steps, [], (_, _) => { }, (table, changed) =>
        {
            foreach (var name in changed)
            {
                var fact = table.FactOf(Self, name);
                if (fact is PresenceFact.EntryGone)
                    Assert.True(told[name] is PresenceFact.EntryPut { Entry.Devices.IsEmpty: true }, "gone without a word");
                told[name] = fact;
            }
        });
    });

    [Fact]
    public void Admit_TakenBackAndGivenAgain_HidesAndShows()
    {
        var local = new LocalPresences(TimeSpan.FromMilliseconds(GraceMs));
        var changed = new List<PresenceName>();
        var user = Users[0].User;
        Assert.True(local.Open(Users[0], Workspace, Device.Web, Start, changed));
        Assert.Empty(changed);
        Assert.True(DevicesOf(local, Users[0]).IsEmpty);

        local.Admit(user, Workspace, isAdmitted: true, Start, changed);
        Assert.Equal(Devices.Of(Device.Web), DevicesOf(local, Users[0]));
        local.Admit(user, Workspace, isAdmitted: false, Start.AddSeconds(1), changed);
        Assert.Equal(
            new PresenceFact.EntryPut(Self, Workspace, user, NodeEntry.Left(Start.AddSeconds(1).ToUnixTimeMilliseconds())),
            local.FactOf(Self, new PresenceName(Workspace, user)));
        local.Admit(user, Workspace, isAdmitted: true, Start.AddSeconds(2), changed);
        Assert.Equal(Devices.Of(Device.Web), DevicesOf(local, Users[0]));
        Assert.Equal(3, changed.Count);
    }

    [Fact]
    public void SetStatus_WithoutASocket_IsKeptForAMinute()
    {
        var local = new LocalPresences(TimeSpan.FromMilliseconds(GraceMs));
        var changed = new List<PresenceName>();
        var (user, status) = (Users[0].User, new UserStatus(PresenceStatus.Away, null, null, 5));
        local.SetStatus(user, status, Start, onlyHere: true, changed);
        Assert.Empty(changed);

        local.SetStatus(user, status, Start, onlyHere: false, changed);
        local.SetStatus(user, status with { Version = 4 }, Start, onlyHere: false, changed);
        Assert.Equal(new PresenceFact.StatusPut(Self, user, status), Assert.Single(local.Facts(Self)));

        // A socket keeps it, and a minute after it is gone it goes.
        local.Open(Users[0], Workspace, Device.Web, Start.AddSeconds(50), changed);
        local.Advance(Start.AddSeconds(100), changed);
        Assert.IsType<PresenceFact.StatusPut>(local.FactOf(Self, new PresenceName(null, user)));
        local.Close(user, Workspace, Device.Web, Start.AddSeconds(100));
        local.Advance(Start.AddSeconds(101), changed);
        local.Advance(Start.AddSeconds(160), changed);
        Assert.IsType<PresenceFact.StatusPut>(local.FactOf(Self, new PresenceName(null, user)));
        local.Advance(Start.AddSeconds(162), changed);
        Assert.Empty(local.Names());
    }

    private static LocalPresences Run(
        (int User, Device Device, bool Open, int Wait)[] steps,
        List<Socket> sockets,
        Action<LocalPresences, DateTimeOffset> after,
        Action<LocalPresences, IReadOnlyList<PresenceName>>? told = null)
    {
        var local = new LocalPresences(TimeSpan.FromMilliseconds(GraceMs));
        var now = Start;
        foreach (var (index, device, open, wait) in steps)
        {
            now = now.AddMilliseconds(wait);
            var changed = new List<PresenceName>();
            local.Advance(now, changed);
            told?.Invoke(local, changed);
            changed.Clear();

            var user = Users[index];
            if (open)
            {
                sockets.Add(new Socket(user, device));
                if (local.Open(user, Workspace, device, now, changed))
                    local.Admit(user.User, Workspace, isAdmitted: true, now, changed);
            }
            else if (sockets.Find(s => s.User == user && s.Closed is null) is { } socket)
            {
                Close(local, socket, now);
            }

            told?.Invoke(local, changed);
            after(local, now);
        }

        return local;
    }

    private static void Close(LocalPresences local, Socket socket, DateTimeOffset now)
    {
        socket.Closed = now;
        local.Close(socket.User.User, Workspace, socket.Device, now);
    }

    private static Devices DevicesOf(LocalPresences local, Requester user) =>
        local.FactOf(Self, new PresenceName(Workspace, user.User)) is PresenceFact.EntryPut put ? put.Entry.Devices : Devices.None;

    private sealed record Socket(Requester User, Device Device)
    {
        public DateTimeOffset? Closed { get; set; }
    }
}
