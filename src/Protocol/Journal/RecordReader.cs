using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Journal;

/// <summary>Turns records back into events, and takes nothing that the header does not commit to.</summary>
public static partial class RecordReader
{
    /// <summary>Decrypts, checks and reads a record's event.</summary>
    /// <param name="record">The record. Whether it continues its chain is <see cref="ChainVerifier"/>'s question, not asked here.</param>
    /// <param name="key">The key that the header names.</param>
    /// <exception cref="JournalFormatException">
    /// Names stream, seq and reason: another key, a body that does not decrypt, a body that is not the one the header commits to,
    /// a type this release does not know, or content that is not this type's.
    /// </exception>
    public static NumberedEvent Read(JournalRecord record, ContentKey key)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(key);
        var header = record.Header;
        if (header.Key != key.Kid)
            throw header.Fault(JournalFault.Key, $"the body is under {header.Key}, the key given is {key.Kid}");

        using var body = new PooledBuffer(512);
        Open(record, 0, key, body);
        var name = new EventName(header.Type, header.Stream, header.Seq, header.Message);
        var fields = EventBodyFields.Read(name, body.Written);
        var by = fields.User("by");
        var e = ToEvent(name, fields);

        using var again = new PooledBuffer(body.Written.Length + 64);
        EventBody.Write(by, e, again);
        if (!again.Written.SequenceEqual(body.Written))
            throw fields.Fault($"not its canonical form at byte {again.Written.CommonPrefixLength(body.Written)}");
        return new NumberedEvent(header.Stream, header.Seq, header.IssuedAt, by, e);
    }

    private static void Open(JournalRecord record, int index, ContentKey key, PooledBuffer body)
    {
        var header = record.Header;
        if (record.BodyCount != 1)
            throw header.Fault(JournalFault.Format, $"{header.Type} has one body, not {record.BodyCount}");

        var jwe = record.Body(index).Span;
        var length = BodyCipher.GetPlaintextLength(jwe);
        using var disclosure = new PooledBuffer(length);
        if (!BodyCipher.TryDecrypt(key, jwe, disclosure.GetSpan(length)))
            throw header.Fault(JournalFault.Ciphertext, $"body {index + 1} does not decrypt under {key.Kid}: it was altered, or the key is not the right one");
        disclosure.Advance(length);

        if (Disclosure.DigestOf(disclosure.Written) != header.BodyDigests[index])
            throw header.Fault(JournalFault.Digest, $"body {index + 1} is not the one that the header commits to");
        Span<byte> salt = stackalloc byte[Disclosure.SaltLength];
        if (!Disclosure.TryRead(disclosure.Written, salt, body))
            throw header.Fault(JournalFault.Body, $"body {index + 1} is not a disclosure [salt, \"body\", …]");
    }
}
