using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;
using QuikApp.Simulation.Cluster;

namespace QuikApp.Simulation.Storage;

/// <summary>
/// The database as its users see it: a write is there whole or not at all, it is known to be there a while after it is, no
/// number is given twice, and a crash takes what was not committed.
/// </summary>
internal sealed class Journal(World world)
{
    private readonly Dictionary<StreamId, StreamRows> _streams = [];
    private int _life;

    /// <summary>Whether it answers.</summary>
    public bool IsUp { get; private set; } = true;

    public IEnumerable<StreamId> Streams => _streams.Keys;

    public IReadOnlyList<Row> Rows(StreamId stream) => Of(stream).Rows;

    public long Head(StreamId stream) => Of(stream).Rows.Count;

    /// <summary>The state as all of the journal has it.</summary>
    public ConversationState State(StreamId stream) => Of(stream).State;

    /// <summary>Puts an event there without a writer, before anything else happens.</summary>
    public void Seed(NumberedEvent e) => Append(e, null, "seed");

    /// <summary>Somebody loads the stream in order to write: whoever did before may not from here on.</summary>
    public int Open(StreamId stream) => ++Of(stream).Epoch;

    /// <summary>Writes as one; the answer comes once it is committed, or with false when it is not known to be.</summary>
    /// <param name="node">Where the writer is.</param>
    /// <param name="epoch">What <see cref="Open"/> gave the writer.</param>
    /// <param name="events">Contiguous events of one stream.</param>
    /// <param name="writer">For the trace.</param>
    /// <param name="answer">Hears what became of it.</param>
    public void Write(Node node, int epoch, IReadOnlyList<(NumberedEvent Event, IndexFacts? Index)> events, string writer, Action<bool> answer)
    {
        var (life, stream) = (_life, events[0].Event.Stream);
        world.Scheduler.After(world.Random.Between(300, 9_000), () =>
        {
            if (!IsUp || life != _life)
            {
                Answer(false, 1_000_000);
                return;
            }

            var isTaken = events[0].Event.Seq != Head(stream) + 1 && world.Break != Break.JournalTakesNumbersTwice;
            var isLate = epoch != Of(stream).Epoch && world.Break is not (Break.ZombieWritesLate or Break.JournalTakesNumbersTwice);
            if (isTaken || isLate)
            {
                world.Trace?.Invoke($"journal refuses {stream} {events[0].Event.Seq} of {writer}");
                Answer(false, 500);
                return;
            }

            foreach (var (e, index) in events)
                Append(e, index, writer);
            // The answer may be lost with the connection: then nobody knows, until the stream is read again.
            world.Scheduler.After(world.Random.Between(100, 3_000), () => Answer(life == _life, life == _life ? 0 : 1_000_000));
        });

        void Answer(bool isCommitted, long delay) => node.After(delay, () => answer(isCommitted));
    }

    /// <summary>Reads a range; null when the database does not answer.</summary>
    public void Read(Node node, StreamId stream, long from, long to, Action<IReadOnlyList<Row>?> answer) =>
        node.After(world.Random.Between(200, 6_000), () =>
        {
            if (!IsUp)
            {
                answer(null);
                return;
            }

            var rows = Of(stream).Rows;
            if (to > rows.Count)
                throw new Violation("I1", $"{stream} {to} was promised and the journal ends at {rows.Count}");
            answer(rows.GetRange((int)from - 1, (int)(to - from + 1)));
        });

    /// <summary>The event behind a key; what a finished write wrote is seen at once.</summary>
    public Row? Find(StreamId stream, string key) => Of(stream).Keys.GetValueOrDefault(key);

    public MessageView? Message(StreamId stream, MessageId id) => Of(stream).Messages.GetValueOrDefault(id);

    /// <summary>The message as it stood before an event.</summary>
    public MessageView? MessageBefore(StreamId stream, MessageId id, long seq)
    {
        MessageView? view = null;
        foreach (var row in Of(stream).Rows.Take((int)seq - 1))
        {
            if (row.Event.Event is ConversationEvent.MessageCreated created && created.Id == id)
                view = MessageView.Create(row.Event);
            else if (row.Event.Event.Message == id)
                view = view?.Apply(row.Event);
        }

        return view;
    }

    /// <summary>What is owed, by its numbers.</summary>
    public IReadOnlyList<Row> Owed(StreamId stream) => [.. Of(stream).Owed.Select(seq => Of(stream).Rows[(int)seq - 1])];

    /// <summary>Streams that owe since before a moment.</summary>
    public IReadOnlyList<StreamId> OwingSince(long at) =>
        [.. _streams.Where(s => s.Value.Owed.Count > 0 && s.Value.Rows[(int)s.Value.Owed.Min - 1].Event.At < at).Select(s => s.Key)];

    public void Settle(StreamId stream, IEnumerable<long> seqs) => Of(stream).Owed.ExceptWith(seqs);

    public ConversationSnapshot? Snapshot(StreamId stream) => Of(stream).Snapshot;

    /// <summary>Keeps a snapshot, the way it is stored.</summary>
    public void Save(ConversationState state)
    {
        var stored = SnapshotProto.Write(new ConversationSnapshot(state, new ChainHead(state.Seq, default, state.At)));
        if (world.Break == Break.SnapshotAhead)
            stored.Seq++;
        var snapshot = SnapshotProto.Read(stored);
        if (Of(state.Stream).Snapshot is not { } there || there.Head.Seq < snapshot.Head.Seq)
            Of(state.Stream).Snapshot = snapshot;
    }

    /// <summary>Stops at once: what is not committed is lost, and so is every answer on its way.</summary>
    public void Crash()
    {
        (IsUp, _life) = (false, _life + 1);
        if (world.Break == Break.JournalForgetsAtCrash)
        {
            foreach (var rows in _streams.Values)
                rows.Forget(world.Now - 2_000_000);
        }
    }

    public void Restart() => IsUp = true;

    private void Append(NumberedEvent e, IndexFacts? index, string writer)
    {
        world.Trace?.Invoke($"journal has {e.Stream} {e.Seq} {e.Event.GetType().Name} by {e.By} from {writer}");
        Of(e.Stream).Add(new Row(e, index, writer));
    }

    private StreamRows Of(StreamId stream)
    {
        if (!_streams.TryGetValue(stream, out var rows))
            _streams.Add(stream, rows = new StreamRows(stream));
        return rows;
    }
}
