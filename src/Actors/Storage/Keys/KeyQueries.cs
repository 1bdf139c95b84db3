using System.Data;
using System.Security.Cryptography;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>
/// The portable SQL of the key store, over one connection. To create is to insert and, where somebody was first, to do
/// nothing; what is then read is the same for all.
/// </summary>
internal sealed class KeyQueries(KeyEncryptionKey wrapping, TimeProvider time)
{
    private const int SecretLength = 32;
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const string SelectByOwner = "SELECT kid, wrapped FROM content_key WHERE author = @p0 AND stream = @p1 AND month = @p2";
    private const string SelectByKid = "SELECT kid, wrapped FROM content_key WHERE kid = @p0";
    private const string InsertKey = "INSERT INTO content_key (kid, author, stream, month, wrapped) VALUES (@p0, @p1, @p2, @p3, @p4) ON CONFLICT DO NOTHING";
    private const string SelectPseudonym = "SELECT pseudonym FROM pseudonym WHERE subject = @p0";
    private const string InsertPseudonym = "INSERT INTO pseudonym (subject, pseudonym) VALUES (@p0, @p1) ON CONFLICT DO NOTHING";
    private const string SelectPurpose = "SELECT wrapped FROM purpose_key WHERE purpose = @p0";
    private const string InsertPurpose = "INSERT INTO purpose_key (purpose, wrapped) VALUES (@p0, @p1) ON CONFLICT DO NOTHING";

    public ContentKey GetOrCreate(PreparedConnection connection, ContentKeyOwner owner)
    {
        if (ByOwner(connection, owner) is { } known)
            return known;
        var kid = $"k_{Ulid.NewUlid(time.GetUtcNow(), RandomNumberGenerator.GetBytes(10))}";
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        connection.Prepare(InsertKey, DbType.String, DbType.String, DbType.String, DbType.String, DbType.Binary)
            .Bind(0, kid).Bind(1, owner.Author.Value).Bind(2, owner.Stream.Value).Bind(3, owner.Month).Bind(4, wrapping.Wrap(secret, ContentPurpose(kid)))
            .Execute();
        return ByOwner(connection, owner)!;
    }

    public IReadOnlyDictionary<string, ContentKey> Find(PreparedConnection connection, IReadOnlyCollection<string> kids)
    {
        var found = new Dictionary<string, ContentKey>(StringComparer.Ordinal);
        foreach (var kid in kids)
        {
            if (One(connection.Prepare(SelectByKid, DbType.String).Bind(0, kid)) is { } key)
                found[kid] = key;
        }
        return found;
    }

    public static string Pseudonym(PreparedConnection connection, UserId subject)
    {
        var select = connection.Prepare(SelectPseudonym, DbType.String).Bind(0, subject.Value);
        while (true)
        {
            if (select.Scalar() is string known)
                return known;
            // The loop turns again only if another subject has drawn the same 130 random bits.
            connection.Prepare(InsertPseudonym, DbType.String, DbType.String)
                .Bind(0, subject.Value).Bind(1, "u_" + RandomNumberGenerator.GetString(Crockford, 26)).Execute();
        }
    }

    /// <summary>The key of a purpose. Made at the first opening, so it also tells whether the wrapping key is the right one.</summary>
    /// <exception cref="StorageRefusedException">Another key-encryption key wrapped it.</exception>
    public byte[] ForPurpose(PreparedConnection connection, string purpose)
    {
        var select = connection.Prepare(SelectPurpose, DbType.String).Bind(0, purpose);
        if (select.Scalar() is null)
        {
            connection.Prepare(InsertPurpose, DbType.String, DbType.Binary)
                .Bind(0, purpose).Bind(1, wrapping.Wrap(RandomNumberGenerator.GetBytes(SecretLength), purpose)).Execute();
        }
        try
        {
            return wrapping.Unwrap((byte[])select.Scalar()!, purpose);
        }
        catch (CryptographicException e)
        {
            throw new StorageRefusedException("the key-encryption key does not open this key database: give the key it was made with; with another, nothing stored could be read", e);
        }
    }

    private static string ContentPurpose(string kid) => $"content/{kid}";

    private ContentKey? ByOwner(PreparedConnection connection, ContentKeyOwner owner) =>
        One(connection.Prepare(SelectByOwner, DbType.String, DbType.String, DbType.String)
            .Bind(0, owner.Author.Value).Bind(1, owner.Stream.Value).Bind(2, owner.Month));

    private ContentKey? One(PreparedStatement select)
    {
        var rows = new List<(string Kid, byte[] Wrapped)>(1);
        select.Read(rows, static row => (row.GetString(0), (byte[])row[1]));
        return rows is [var (kid, wrapped)] ? new ContentKey(kid, wrapping.Unwrap(wrapped, ContentPurpose(kid))) : null;
    }
}
