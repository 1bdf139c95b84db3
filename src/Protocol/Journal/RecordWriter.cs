using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Journal;

/// <summary>Turns events into records. Pure: time is in the event, and chance comes from outside.</summary>
public static class RecordWriter
{
    private const int IdRandomness = 10;

    /// <summary>Writes the record that continues a chain.</summary>
    /// <param name="e">The event; its number and time continue <paramref name="previous"/> (see <see cref="ChainHead.NextIat"/>).</param>
    /// <param name="previous">The stream's head.</param>
    /// <param name="actPseudonym">Pseudonym of <see cref="NumberedEvent.By"/>.</param>
    /// <param name="whoPseudonym">Pseudonym of the member in membership events, else null.</param>
    /// <param name="key">The content's key; durable in the key store before the record is journaled.</param>
    /// <param name="random">Source of the event id's random part, the salt and the initialisation vector, drawn in this order in one piece.</param>
    /// <exception cref="ArgumentException">
    /// The event does not continue the head, an id is missing, or a text holds half of a surrogate pair.
    /// </exception>
    /// <exception cref="JournalFormatException">A value of the header breaks its grammar, for example a pseudonym.</exception>
    public static JournalRecord Write(
        NumberedEvent e,
        ChainHead previous,
        string actPseudonym,
        string? whoPseudonym,
        ContentKey key,
        IRecordRandom random)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        RequireContinues(e, previous);

        Span<byte> chance = stackalloc byte[IdRandomness + Disclosure.SaltLength + BodyCipher.IvLength];
        random.Fill(chance);
        var salt = chance.Slice(IdRandomness, Disclosure.SaltLength);
        var iv = chance[(IdRandomness + Disclosure.SaltLength)..];

        using var body = new PooledBuffer(512);
        EventBody.Write(e.By, e.Event, body);
        using var disclosure = new PooledBuffer(1024);
        Disclosure.Write(salt, body.Written, disclosure);

        var header = new RecordHeader
        {
            Type = EventTypes.Of(e.Event),
            Stream = e.Stream,
            Seq = e.Seq,
            Previous = previous.Leaf,
            IssuedAt = e.At,
            Actor = actPseudonym,
            Member = whoPseudonym,
            Message = e.Event.Message,
            Id = RecordIds.Ulid(e.Time, chance[..IdRandomness]),
            BodyDigests = [Disclosure.DigestOf(disclosure.Written)],
            Key = key.Kid,
        };
        using var line = new PooledBuffer(512);
        header.WriteTo(line);

        var headerLength = line.Written.Length;
        var bytes = new byte[headerLength + 1 + BodyCipher.GetLength(disclosure.Written.Length) + 1];
        line.Written.CopyTo(bytes);
        bytes[headerLength] = (byte)'\n';
        BodyCipher.Encrypt(key, iv, disclosure.Written, bytes.AsSpan((headerLength + 1)..^1));
        bytes[^1] = (byte)'\n';
        return JournalRecord.Written(header, bytes, headerLength);
    }

    private static void RequireContinues(NumberedEvent e, ChainHead previous)
    {
        if (e.Seq != previous.Seq + 1)
            throw new ArgumentException($"{e.Stream.Value} seq {e.Seq}: the head is at {previous.Seq}", nameof(e));
        if (e.At <= previous.Iat)
            throw new ArgumentException($"{e.Stream.Value} seq {e.Seq}: time {e.At} does not rise above the head's {previous.Iat}", nameof(e));
    }
}
