using System.Buffers;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>Makes the ids that stand in record headers, and knows their grammar. All are opaque: none is derived from a person or a text.</summary>
/// <param name="time">The clock behind the ULIDs' time part.</param>
/// <param name="random">Their random part.</param>
public sealed class RecordIds(TimeProvider time, IRecordRandom random)
{
    private const int UlidLength = 26;
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly SearchValues<char> CrockfordLetters = SearchValues.Create(Crockford);

    /// <summary>A new message: <c>m_</c> and a ULID.</summary>
    public MessageId NewMessage() => MessageId.Parse("m_" + NewUlid());

    /// <summary>A new thread: <c>t_</c> and a ULID.</summary>
    public ThreadId NewThread() => ThreadId.Parse("t_" + NewUlid());

    /// <summary>A new call: <c>call_</c> and a ULID.</summary>
    public CallId NewCall() => CallId.Parse("call_" + NewUlid());

    /// <summary>A new content key: <c>k_</c> and a ULID.</summary>
    public string NewKey() => "k_" + NewUlid();

    /// <summary>A new pseudonym of a subject: <c>u_</c> and 26 random letters (130 bits). It carries no time: a person's first act should not show.</summary>
    public string NewPseudonym()
    {
        Span<byte> bytes = stackalloc byte[UlidLength];
        random.Fill(bytes);
        Span<char> text = stackalloc char[UlidLength + 2];
        text[0] = 'u';
        text[1] = '_';
        for (var i = 0; i < bytes.Length; i++)
            text[i + 2] = Crockford[bytes[i] & 31];
        return text.ToString();
    }

    /// <summary>Whether <paramref name="text"/> is a ULID in its one upper-case form.</summary>
    public static bool IsUlid(ReadOnlySpan<char> text) =>
        text.Length == UlidLength && text[0] <= '7' && !text.ContainsAnyExcept(CrockfordLetters);

    /// <summary>Whether <paramref name="text"/> names a content key (<c>k_</c> and a ULID).</summary>
    public static bool IsKey(ReadOnlySpan<char> text) => text is ['k', '_', .. var ulid] && IsUlid(ulid);

    /// <summary>Whether <paramref name="text"/> is a pseudonym (<c>u_</c> and 26 letters of Crockford's base 32).</summary>
    public static bool IsPseudonym(ReadOnlySpan<char> text) =>
        text is ['u', '_', .. var letters] && letters.Length == UlidLength && !letters.ContainsAnyExcept(CrockfordLetters);

    /// <summary>A ULID of that time and those 10 random bytes.</summary>
    internal static string Ulid(DateTimeOffset time, ReadOnlySpan<byte> randomness) => System.Ulid.NewUlid(time, randomness).ToString();

    private string NewUlid()
    {
        Span<byte> randomness = stackalloc byte[10];
        random.Fill(randomness);
        return Ulid(time.GetUtcNow(), randomness);
    }
}
