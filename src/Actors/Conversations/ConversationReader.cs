using System.Runtime.CompilerServices;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>Reads events out of the journal: resume, history, a hub's holes and the facts of decisions all come from here.</summary>
/// <param name="store">The journal.</param>
/// <param name="keys">The keys of the bodies.</param>
internal sealed class ConversationReader(IConversationStore store, IKeyStore keys)
{
    /// <summary>The events <paramref name="from"/> to <paramref name="to"/>, page by page, in order and without a gap.</summary>
    /// <exception cref="JournalFormatException">A number is missing or a record is damaged.</exception>
    public async IAsyncEnumerable<IReadOnlyList<NumberedEvent>> ReadPages(
        StreamId stream, long from, long to, int page, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (from <= to)
        {
            var events = await Read(stream, from, Math.Min(to, from + page - 1), cancellation);
            yield return events;
            from += events.Count;
        }
    }

    /// <summary>The events <paramref name="from"/> to <paramref name="to"/>, all of them.</summary>
    /// <exception cref="JournalFormatException">A number is missing or a record is damaged.</exception>
    public async Task<IReadOnlyList<NumberedEvent>> Read(StreamId stream, long from, long to, CancellationToken cancellation)
    {
        var count = checked((int)(to - from + 1));
        var rows = await store.ReadRecords(stream, from, to, count, cancellation);
        if (rows.Count != count)
            throw new JournalFormatException(JournalFault.Sequence, stream, from, $"{count - rows.Count} of the records up to {to} are missing");
        return await Decode(stream, rows, cancellation);
    }

    /// <summary>The messages with these ids as they stand now; an id that never was is left out.</summary>
    public async Task<IReadOnlyList<MessageView>> Messages(StreamId stream, IReadOnlyCollection<MessageId> ids, CancellationToken cancellation)
    {
        var found = await store.FindMessages(stream, [.. ids.Select(id => id.Value)], cancellation);
        return await Views(stream, [.. found.Values], long.MaxValue, cancellation);
    }

    /// <summary>The messages created by these events, as they stood at <paramref name="asOf"/>, ordered by number.</summary>
    public async Task<IReadOnlyList<MessageView>> Views(
        StreamId stream, IReadOnlyCollection<long> messageSeqs, long asOf, CancellationToken cancellation)
    {
        if (messageSeqs.Count == 0)
            return [];

        var seqs = new SortedSet<long>(messageSeqs);
        foreach (var change in await store.ChangesOf(stream, messageSeqs, cancellation))
        {
            if (change <= asOf)
                seqs.Add(change);
        }

        var views = new Dictionary<MessageId, MessageView>(messageSeqs.Count);
        foreach (var e in await Decode(stream, await store.ReadRecords(stream, seqs, cancellation), cancellation))
        {
            if (e.Event is ConversationEvent.MessageCreated created)
                views[created.Id] = MessageView.Create(e);
            else if (e.Event.Message is { } id && views.TryGetValue(id, out var view))
                views[id] = view.Apply(e);
        }

        return [.. views.Values.OrderBy(v => v.Seq)];
    }

    /// <summary>A page of history.</summary>
    public async Task<HistoryPage> History(StreamId stream, HistoryQuery query, CancellationToken cancellation)
    {
        var head = await store.Head(stream, cancellation);
        if (query.Mode == ReplayMode.Compact)
        {
            // What is written meanwhile is above the head that the page is given with, and not in it.
            var before = Math.Min(query.Before ?? long.MaxValue, head + 1);
            var page = await store.MessagePage(stream, before, query.After, query.Limit, cancellation);
            return new HistoryPage(await Views(stream, page.Seqs, head, cancellation), [], head, page.More);
        }

        var (from, to) = query.After is { } after
            ? (after + 1, Math.Min(head, after + query.Limit))
            : (Math.Max(1, Math.Min(query.Before ?? long.MaxValue, head + 1) - query.Limit), Math.Min((query.Before ?? long.MaxValue) - 1, head));
        var more = query.After is null ? from > 1 : to < head;
        return from > to
            ? new HistoryPage([], [], head, false)
            : new HistoryPage([], await Read(stream, from, to, cancellation), head, more);
    }

    /// <summary>Opens stored records, in their order.</summary>
    public async Task<IReadOnlyList<NumberedEvent>> Decode(
        StreamId stream, IReadOnlyList<StoredRecord> rows, CancellationToken cancellation)
    {
        var records = new JournalRecord[rows.Count];
        for (var i = 0; i < rows.Count; i++)
            records[i] = JournalRecord.Parse(rows[i].Bytes);
        return await Decode(stream, records, cancellation);
    }

    /// <summary>Opens records, in their order.</summary>
    public async Task<IReadOnlyList<NumberedEvent>> Decode(
        StreamId stream, IReadOnlyCollection<JournalRecord> records, CancellationToken cancellation)
    {
        var found = await keys.Find(records.Select(r => r.Header.Key).Distinct(), cancellation);
        var events = new List<NumberedEvent>(records.Count);
        foreach (var record in records)
        {
            if (!found.TryGetValue(record.Header.Key, out var key))
                throw new JournalFormatException(JournalFault.Key, stream, record.Header.Seq, $"the key {record.Header.Key} is not in the key store");
            events.Add(RecordReader.Read(record, key));
        }

        return events;
    }
}
