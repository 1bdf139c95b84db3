using System.Buffers.Binary;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Messages;

/// <summary>Where a page of history begins and which way it goes: what a cursor seals.</summary>
/// <param name="Mode">Final states, or every change.</param>
/// <param name="Upwards">True: from <paramref name="Seq"/> on to newer ones; false: to older ones.</param>
/// <param name="Seq">Items beyond this number, itself excluded.</param>
internal readonly record struct HistoryPosition(ReplayMode Mode, bool Upwards, long Seq)
{
    private const int Length = 9;
    private const byte FullBit = 1;
    private const byte UpBit = 2;

    /// <summary>The position behind a page; null where the page was the last.</summary>
    public static HistoryPosition? After(HistoryPage page, HistoryQuery query)
    {
        var upwards = query.After is not null;
        if (!page.More || page.Messages.Count + page.Events.Count == 0)
            return null;
        var seq = query.Mode == ReplayMode.Full
            ? (upwards ? page.Events[^1] : page.Events[0]).Seq
            : (upwards ? page.Messages[^1] : page.Messages[0]).Seq;
        return new HistoryPosition(query.Mode, upwards, seq);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="ArgumentException">It is something else: impossible behind a good seal.</exception>
    public static HistoryPosition Read(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new((bytes[0] & FullBit) != 0 ? ReplayMode.Full : ReplayMode.Compact, (bytes[0] & UpBit) != 0, BinaryPrimitives.ReadInt64BigEndian(bytes[1..]))
        : throw new ArgumentException("not a position of history", nameof(bytes));

    /// <summary>The query of the page that begins here.</summary>
    public HistoryQuery Query(int limit) => new(Upwards ? null : Seq, Upwards ? Seq : null, limit, Mode);

    /// <summary>The position as bytes.</summary>
    public byte[] Write()
    {
        var bytes = new byte[Length];
        bytes[0] = (byte)((Mode == ReplayMode.Full ? FullBit : 0) | (Upwards ? UpBit : 0));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Seq);
        return bytes;
    }
}
