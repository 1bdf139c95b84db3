using System.Text;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>Where a stream's chain stands: all that is needed to write or check the next record.</summary>
/// <param name="Seq">Number of the last record; 0 before the first.</param>
/// <param name="Leaf">Its leaf; before the first record the stream's genesis hash.</param>
/// <param name="Iat">Its time in microseconds since 1970-01-01T00:00:00Z; 0 before the first.</param>
public readonly record struct ChainHead(long Seq, Sha256Digest Leaf, long Iat)
{
    /// <summary>The head of a stream without records: SHA-256 of <c>0x00 ‖ "quikapp/genesis/v1/" ‖ sid</c>, so that no two streams begin alike.</summary>
    public static ChainHead Genesis(StreamId stream) =>
        new(0, Sha256Digest.OfLeaf(Encoding.ASCII.GetBytes("quikapp/genesis/v1/" + stream.Value)), 0);

    /// <summary>The head after <paramref name="record"/>. Does not check that it follows; see <see cref="ChainVerifier"/>.</summary>
    public static ChainHead After(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new ChainHead(record.Header.Seq, record.Leaf, record.Header.IssuedAt);
    }

    /// <summary>The time of the next record: now, or one microsecond after the last record when the clock has not moved on or went back.</summary>
    /// <param name="nowMicros">Microseconds since 1970-01-01T00:00:00Z.</param>
    public long NextIat(long nowMicros) => Math.Max(nowMicros, Iat + 1);
}
