using Akka.Actor;
using Akka.Persistence;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Bench.Reports;

/// <summary>Writes the events of one channel as its conversation would: chained, encrypted, with what the read model needs.</summary>
internal sealed class GenuineEvents(ChannelId channel, UserId author, string pseudonym, ContentKey key, string content)
{
    private static readonly RecordIds Ids = new(TimeProvider.System, CryptoRecordRandom.Instance);

    private readonly StreamId _stream = StreamId.Of(channel);
    private ChainHead _head = ChainHead.Genesis(StreamId.Of(channel));

    /// <summary>The stream.</summary>
    public string Stream => _stream.Value;

    /// <summary>The next events as one write: the first event of all makes the channel, every other is a message.</summary>
    public JournalWrite Next(int count)
    {
        var events = new IPersistentRepresentation[count];
        var bytes = 0L;
        for (var i = 0; i < count; i++)
        {
            var entry = Next();
            bytes += entry.Record.Length;
            events[i] = new Persistent(entry, _head.Seq, Stream, "", false, ActorRefs.NoSender, "bench");
        }

        return new JournalWrite(Stream, events, bytes, CancellationToken.None);
    }

    private JournalEntry Next()
    {
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        ConversationEvent what = _head.Seq == 0
            ? new ConversationEvent.ChannelCreated(channel, WorkspaceId.Parse("demo"), channel.Value, ChannelVisibility.Public)
            : new ConversationEvent.MessageCreated(Ids.NewMessage(), content, [], [], null, null);
        var record = RecordWriter.Write(
            new NumberedEvent(_stream, _head.Seq + 1, _head.NextIat(now), author, what), _head, pseudonym, null, key, CryptoRecordRandom.Instance);
        _head = ChainHead.After(record);
        return new JournalEntry(record.Bytes, what.Message is { } id ? new IndexFacts(id.Value, _head.Seq) { Author = pseudonym } : null);
    }
}
