using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Simulation.Storage;

/// <summary>One stream's committed rows, and the read model that was written with them.</summary>
internal sealed class StreamRows(StreamId stream)
{
    private readonly StreamId _stream = stream;

    public List<Row> Rows { get; } = [];

    public Dictionary<string, Row> Keys { get; } = [];

    public Dictionary<MessageId, MessageView> Messages { get; } = [];

    public SortedSet<long> Owed { get; } = [];

    /// <summary>How often it was loaded by somebody who may write.</summary>
    public int Epoch { get; set; }

    public ConversationSnapshot? Snapshot { get; set; }

    public ConversationState State { get; private set; } = ConversationState.Empty(stream);

    public void Add(Row row)
    {
        var e = row.Event;
        Rows.Add(row);
        // Where the journal is broken on purpose the numbers do not follow: the check at the end names it.
        if (e.Seq == State.Seq + 1 && e.At > State.At)
            State = State.Apply(e);
        if (row.Index?.IdempotencyKey is { } key)
            Keys[Convert.ToBase64String(key)] = row;
        if (row.Index?.OwesRelay == true)
            Owed.Add(e.Seq);
        if (e.Event is ConversationEvent.MessageCreated created)
            Messages[created.Id] = MessageView.Create(e);
        else if (e.Event.Message is { } id && Messages.TryGetValue(id, out var view))
            Messages[id] = view.Apply(e);
    }

    /// <summary>Loses what was written since a moment, which no journal may.</summary>
    public void Forget(long at)
    {
        var kept = Rows.Where(row => row.Event.At < at || row.Writer == "seed").ToList();
        if (kept.Count == Rows.Count)
            return;
        Rows.Clear();
        Keys.Clear();
        Messages.Clear();
        Owed.Clear();
        State = ConversationState.Empty(_stream);
        if (Snapshot?.Head.Seq > kept.Count)
            Snapshot = null;
        foreach (var row in kept)
            Add(row);
    }
}
