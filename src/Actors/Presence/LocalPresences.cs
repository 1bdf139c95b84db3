using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>
/// What this node says about its own users: counts their sockets, lets a device that went be seen for the grace, and says
/// for a while when somebody left before it says nothing any more. No clock and no I/O of its own; nothing a socket but the
/// count, and an item in a queue while one that closed has its grace.
/// </summary>
/// <param name="grace">How long a device whose socket ended is still there.</param>
internal sealed class LocalPresences(TimeSpan grace)
{
    /// <summary>How long it is said when somebody left: longer than the others take to hear it.</summary>
    private static readonly TimeSpan LeftKept = TimeSpan.FromSeconds(30);

    /// <summary>How long a status is kept without a socket of the user: longer than the node that has one takes to adopt it.</summary>
    private static readonly TimeSpan StatusKept = TimeSpan.FromSeconds(60);

    private readonly Dictionary<UserId, LocalUser> _users = [];

    // Each has one constant delay, so what is due first stands first.
    private readonly Queue<(DateTimeOffset Due, UserId User, WorkspaceId Workspace, Device Device)> _closing = new();
    private readonly Queue<(DateTimeOffset Due, UserId User, WorkspaceId Workspace, long LeftMs)> _left = new();
    private readonly Queue<(DateTimeOffset Due, UserId User)> _statuses = new();

    /// <summary>Users shown in any workspace.</summary>
    public int Online { get; private set; }

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? closing = _closing.TryPeek(out var c) ? c.Due : null;
            DateTimeOffset? left = _left.TryPeek(out var l) ? l.Due : null;
            DateTimeOffset? status = _statuses.TryPeek(out var s) ? s.Due : null;
            return new[] { closing, left, status }.Min();
        }
    }

    /// <summary>A socket opened.</summary>
    /// <returns>Whether it has to be found out if the user belongs to the workspace.</returns>
    public bool Open(Requester requester, WorkspaceId workspace, Device device, DateTimeOffset now, ICollection<PresenceName> changed)
    {
        if (!_users.TryGetValue(requester.User, out var user))
            _users.Add(requester.User, user = new LocalUser());
        if (user.In(workspace) is not { } seat)
            user.Seats = [.. user.Seats, seat = new LocalUser.Seat(workspace, requester)];

        seat.Requester = requester;
        var isFirst = !seat.IsHeld;
        if (isFirst)
            (seat.SinceMs, seat.IsAdmitted) = (now.ToUnixTimeMilliseconds(), false);
        var before = seat.Devices;
        seat.Count(device, 1);
        if (seat.IsAdmitted && seat.Devices != before)
            changed.Add(new PresenceName(workspace, requester.User));
        return isFirst;
    }

    /// <summary>It was found out whether a user belongs to a workspace.</summary>
    public void Admit(UserId id, WorkspaceId workspace, bool isAdmitted, DateTimeOffset now, ICollection<PresenceName> changed)
    {
        if (!_users.TryGetValue(id, out var user) || user.In(workspace) is not { } seat || seat.IsAdmitted == isAdmitted)
            return;
        var wasShown = seat.IsShown;
        seat.IsAdmitted = isAdmitted;
        if (seat.IsShown == wasShown)
            return;
        if (wasShown)
            Leave(id, seat, now.ToUnixTimeMilliseconds(), now);
        else
            seat.LeftMs = 0;
        Count(user);
        changed.Add(new PresenceName(workspace, id));
    }

    /// <summary>A socket ended; its device is still there for the grace.</summary>
    public void Close(UserId id, WorkspaceId workspace, Device device, DateTimeOffset now) =>
        _closing.Enqueue((now + grace, id, workspace, device));

    /// <summary>Somebody set a status; one that is not newer is nothing.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="status">Which.</param>
    /// <param name="now">When.</param>
    /// <param name="onlyHere">Take it only for a user who is here: another node has it.</param>
    /// <param name="changed">Gets what changed.</param>
    public void SetStatus(UserId id, UserStatus status, DateTimeOffset now, bool onlyHere, ICollection<PresenceName> changed)
    {
        if (!_users.TryGetValue(id, out var user))
        {
            if (onlyHere)
                return;
            _users.Add(id, user = new LocalUser());
        }

        if ((onlyHere && !user.IsHere) || status.Version <= (user.Status?.Version ?? 0))
            return;
        user.Status = status;
        if (!user.IsHere)
            KeepStatus(id, user, now);
        changed.Add(new PresenceName(null, id));
    }

    /// <summary>Lets time pass: graces end, and what was said long enough is not said any more.</summary>
    public void Advance(DateTimeOffset now, ICollection<PresenceName> changed)
    {
        while (_closing.TryPeek(out var closing) && closing.Due <= now)
        {
            _closing.Dequeue();
            EndGrace(closing.User, closing.Workspace, closing.Device, closing.Due - grace, now, changed);
        }

        while (_left.TryPeek(out var left) && left.Due <= now)
        {
            _left.Dequeue();
            Forget(left.User, left.Workspace, left.LeftMs, changed);
        }

        while (_statuses.TryPeek(out var status) && status.Due <= now)
        {
            _statuses.Dequeue();
            ForgetStatus(status.User, now, changed);
        }
    }

    /// <summary>Who asked for a user's presence in a workspace; null where nobody did.</summary>
    public Requester? RequesterOf(UserId id, WorkspaceId workspace) =>
        _users.TryGetValue(id, out var user) && user.In(workspace) is { IsHeld: true } seat ? seat.Requester : null;

    /// <summary>Who asked for the presence of these users, in each of their workspaces.</summary>
    public IReadOnlyList<(Requester Requester, WorkspaceId Workspace)> Held(Func<UserId, bool> concerned) =>
    [
        .. _users.Where(user => concerned(user.Key))
            .SelectMany(user => user.Value.Seats.Where(seat => seat.IsHeld).Select(seat => (seat.Requester, seat.Workspace))),
    ];

    /// <summary>Whether the user has a socket here, or had one within the grace.</summary>
    public bool IsHere(UserId id) => _users.TryGetValue(id, out var user) && user.IsHere;

    /// <summary>What this node says under a name: an entry, a status, or that it says nothing.</summary>
    public PresenceFact FactOf(NodeId self, PresenceName name)
    {
        var user = _users.GetValueOrDefault(name.User);
        if (name.Workspace is not { } workspace)
        {
            return user?.Status is { } status
                ? new PresenceFact.StatusPut(self, name.User, status)
                : new PresenceFact.StatusGone(self, name.User);
        }

        return user?.In(workspace) switch
        {
            { IsShown: true } seat => new PresenceFact.EntryPut(self, workspace, name.User, new NodeEntry(seat.Devices, seat.SinceMs, 0)),
            { LeftMs: > 0 } seat => new PresenceFact.EntryPut(self, workspace, name.User, NodeEntry.Left(seat.LeftMs)),
            _ => new PresenceFact.EntryGone(self, workspace, name.User),
        };
    }

    /// <summary>All that this node says.</summary>
    public IEnumerable<PresenceFact> Facts(NodeId self) =>
        Names().Select(name => FactOf(self, name)).Where(fact => fact is not PresenceFact.EntryGone);

    /// <summary>All names under which this node may say something.</summary>
    public IEnumerable<PresenceName> Names()
    {
        foreach (var (id, user) in _users)
        {
            foreach (var seat in user.Seats)
                yield return new PresenceName(seat.Workspace, id);
            if (user.Status is not null)
                yield return new PresenceName(null, id);
        }
    }

    private void EndGrace(
        UserId id, WorkspaceId workspace, Device device, DateTimeOffset closed, DateTimeOffset now, ICollection<PresenceName> changed)
    {
        if (!_users.TryGetValue(id, out var user) || user.In(workspace) is not { IsHeld: true } seat)
            return;
        var (before, wasShown) = (seat.Devices, seat.IsShown);
        seat.Count(device, -1);
        if (wasShown && !seat.IsShown)
            Leave(id, seat, closed.ToUnixTimeMilliseconds(), now);
        if (wasShown && seat.Devices != before)
            changed.Add(new PresenceName(workspace, id));
        if (!seat.IsHeld && seat.LeftMs == 0)
            Vacate(user, seat);
        Count(user);
        if (!user.IsHere)
            KeepStatus(id, user, now);
        Tidy(id, user);
    }

    private void Leave(UserId id, LocalUser.Seat seat, long leftMs, DateTimeOffset now)
    {
        seat.LeftMs = leftMs;
        _left.Enqueue((now + LeftKept, id, seat.Workspace, leftMs));
    }

    private void Forget(UserId id, WorkspaceId workspace, long leftMs, ICollection<PresenceName> changed)
    {
        // Came back meanwhile, or left again.
        if (!_users.TryGetValue(id, out var user) || user.In(workspace) is not { } seat || seat.LeftMs != leftMs)
            return;
        seat.LeftMs = 0;
        if (!seat.IsHeld)
            Vacate(user, seat);
        changed.Add(new PresenceName(workspace, id));
        Tidy(id, user);
    }

    private void KeepStatus(UserId id, LocalUser user, DateTimeOffset now)
    {
        if (user.Status is null)
            return;
        user.StatusUntil = now + StatusKept;
        _statuses.Enqueue((user.StatusUntil, id));
    }

    private void ForgetStatus(UserId id, DateTimeOffset now, ICollection<PresenceName> changed)
    {
        if (!_users.TryGetValue(id, out var user) || user.Status is null || user.IsHere || user.StatusUntil > now)
            return;
        user.Status = null;
        changed.Add(new PresenceName(null, id));
        Tidy(id, user);
    }

    private void Count(LocalUser user)
    {
        var isOnline = Array.Exists(user.Seats, seat => seat.IsShown);
        if (isOnline == user.IsCounted)
            return;
        user.IsCounted = isOnline;
        Online += isOnline ? 1 : -1;
    }

    private static void Vacate(LocalUser user, LocalUser.Seat seat) => user.Seats = [.. user.Seats.Where(other => other != seat)];

    private void Tidy(UserId id, LocalUser user)
    {
        if (user.Seats.Length == 0 && user.Status is null)
            _users.Remove(id);
    }
}
