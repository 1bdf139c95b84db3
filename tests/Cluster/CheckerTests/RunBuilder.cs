using QuikApp.Cluster.History;

namespace QuikApp.Cluster.CheckerTests;

/// <summary>
/// A run of a correct server, made up from a seed: three users in two rooms and a direct one, a failover in the middle,
/// resumes, a gap that was announced and fetched, a call, presence. Tests break one thing in it.
/// </summary>
internal sealed class RunBuilder
{
    public const string Hot = "channel:hot";
    public const string Direct = "channel:direct";
    public const string Node = "n1";
    public const string Minority = "n3";

    private static readonly string[] Users = ["ann", "ben", "cat"];

    private readonly Random _random;
    private readonly Dictionary<string, long> _heads = [];
    private readonly Dictionary<(string User, string Room), string> _subs = [];
    private long _now = 1_000_000_000;
    private int _names;

    public RunBuilder(int seed) => _random = new Random(seed);

    public List<HistoryLine> Lines { get; } = [];

    public List<JournalEntry> Journal { get; } = [];

    public List<StoredRow> Rows { get; } = [];

    public List<PresencePoll> Presence { get; } = [];

    public int Effects { get; set; } = 3;

    /// <summary>When the fault began and ended.</summary>
    public (long From, long To) Fault { get; private set; }

    /// <summary>Plays a run.</summary>
    public static RunBuilder Correct(int seed, int sends = 120)
    {
        var run = new RunBuilder(seed);
        run.Join("ann", Hot, Node);
        run.Join("ben", Hot, Node);
        run.Join("ann", Direct, Node);
        run.Join("cat", Direct, Node);
        for (var i = 0; i < sends; i++)
            run.Step(Node);

        var from = run.Tick();
        run.Lines.Add(new(from, "ben", Node, Operation.Close));
        for (var i = 0; i < 60; i++)
            run.Send("ann", Hot, Node);
        run.Fault = (from, run.Tick());
        run.Resume("ben", Hot, "n2", run._heads[Hot] - 60);
        run.Gap("ann", Hot);
        for (var i = 0; i < sends; i++)
            run.Step("n2");
        run.Call();
        run.Presence.Add(new(Node, Users.ToHashSet(), Users.ToHashSet()));
        return run;
    }

    /// <summary>What the checker gets.</summary>
    public Run Build() => new(
        Lines,
        Journal,
        new Observations
        {
            Fault = new FaultWindow(0, Fault.From, Fault.To, Effects),
            Presence = Presence,
            Verification = new JournalVerification(Journal.Count, Journal.GroupBy(e => e.Room).ToDictionary(r => r.Key, r => r.Max(e => e.Seq)), []),
            Rows = Rows,
            MustBeSilent = [new SilentNode(Minority, Fault.From, Fault.To)],
            Typing = [new TypingSpan(Hot, "ann", 0, MonotonicClock.Nanos(TimeSpan.FromSeconds(6)))],
            Members = new Dictionary<string, IReadOnlySet<string>> { [Direct] = new HashSet<string> { "ann", "cat" } },
            Canary = new CanaryReport(100, 0, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20)),
            Resources = [new ResourceUse(Node, "file descriptors", 200, 205, 20)],
        });

    /// <summary>The index of the n-th line that is like this.</summary>
    public int Find(Func<HistoryLine, bool> isIt, int n = 0) =>
        Enumerable.Range(0, Lines.Count).Where(i => isIt(Lines[i])).ElementAt(n);

    private void Step(string node)
    {
        var user = Users[_random.Next(2)];
        switch (_random.Next(10))
        {
            case 0:
                Read(user, Hot, node);
                break;
            case 1:
                Send("ann", Direct, node);
                break;
            case 2:
                Repeat(node);
                break;
            default:
                Send(user, Hot, node);
                break;
        }
    }

    private void Join(string user, string room, string node)
    {
        if (!_heads.ContainsKey(room))
            Store(new(room, _heads[room] = 1, EntryKind.Other, null, null));
        var sub = _subs[(user, room)] = $"s{_names++}";
        Lines.Add(new(Tick(), user, node, Operation.Join) { Room = room, Sub = sub, Head = _heads[room] });
    }

    private void Resume(string user, string room, string node, long since)
    {
        var sub = _subs[(user, room)] = $"s{_names++}";
        var head = _heads[room];
        Lines.Add(new(Tick(), user, node, Operation.Resume) { Room = room, Sub = sub, Seq = since, Head = head });
        foreach (var entry in Journal.Where(e => e.Room == room && e.Seq > since).ToList())
            Show(user, node, sub, entry);
        Lines.Add(new(Tick(), user, node, Operation.Resume) { Room = room, Sub = sub, Code = "done", Head = head });
    }

    private void Gap(string user, string room)
    {
        var from = _heads[room] + 1;
        _subs.Remove((user, room), out var sub);
        Send("ben", room, "n2");
        Send("ben", room, "n2");
        _subs[(user, room)] = sub!;
        Lines.Add(new(Tick(), user, "n2", Operation.Gap) { Room = room, Sub = sub, Seq = from, Head = from + 1 });
        Read(user, room, "n2");
        Send("ben", room, "n2");
    }

    private void Read(string user, string room, string node)
    {
        var sub = $"p{_names++}";
        foreach (var entry in Journal.Where(e => e.Room == room).TakeLast(5).ToList())
            Lines.Add(new(Tick(), user, node, Operation.Read) { Room = room, Sub = sub, Seq = entry.Seq, Cid = entry.Cid, H = entry.H });
        Lines.Add(new(Tick(), user, node, Operation.Read) { Room = room, Sub = sub, Code = "head", Head = _heads[room] });
    }

    private void Send(string user, string room, string node)
    {
        var cid = $"{user}:{_names++}";
        var push = new HistoryLine(Tick(), user, node, Operation.Send) { Room = room, Cid = cid, H = BodyHash.Of(cid), Kind = EntryKind.Create };
        Lines.Add(push);
        var entry = new JournalEntry(room, ++_heads[room], EntryKind.Create, cid, push.H);
        Store(entry);
        foreach (var ((reader, where), sub) in _subs.Where(s => s.Key.Room == room).ToList())
            Show(reader, node, sub, entry);
        Lines.Add(push with { T = Tick(), Op = Operation.Ack, Seq = entry.Seq });
    }

    private void Repeat(string node)
    {
        if (Lines.LastOrDefault(l => l.Op == Operation.Ack) is not { } last)
            return;
        Lines.Add(last with { T = Tick(), Node = node, Op = Operation.Send, Seq = null });
        Lines.Add(last with { T = Tick(), Node = node });
    }

    private void Call()
    {
        Store(new(Direct, ++_heads[Direct], EntryKind.Call, "call_1", null, "started"));
        Store(new(Direct, ++_heads[Direct], EntryKind.Call, "call_1", null, "end:missed"));
        foreach (var ((reader, _), sub) in _subs.Where(s => s.Key.Room == Direct).ToList())
        {
            foreach (var entry in Journal.TakeLast(2))
                Show(reader, "n2", sub, entry);
        }
    }

    private void Show(string user, string node, string sub, JournalEntry entry) =>
        Lines.Add(new(Tick(), user, node, Operation.Recv) { Room = entry.Room, Sub = sub, Seq = entry.Seq, Cid = entry.Cid, H = entry.H, Kind = entry.Kind });

    private void Store(JournalEntry entry)
    {
        Journal.Add(entry);
        Rows.Add(new(entry.Room, entry.Seq));
    }

    private long Tick() => _now += 1_000_000 + _random.Next(1_000_000);
}
