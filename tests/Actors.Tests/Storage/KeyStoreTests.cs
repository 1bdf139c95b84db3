using System.Security.Cryptography;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteKeyStoreTests : KeyStoreTests<SqliteTestDatabase>;

public sealed class PostgresKeyStoreTests : KeyStoreTests<PostgresTestDatabase>;

public abstract class KeyStoreTests<T> : DatabaseTests<T>, IDisposable
    where T : ITestDatabase, new()
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly UserId Bob = UserId.Parse("bob");
    private static readonly StreamId Stream = StreamId.Parse("channel-1");
    private static readonly DateTimeOffset At = new(2026, 3, 31, 23, 30, 0, TimeSpan.Zero);
    private readonly KeyEncryptionKey _wrapping = new(RandomNumberGenerator.GetBytes(32));

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _wrapping.Dispose();
    }

    [SkippableFact]
    public async Task GetOrCreate_ForEachAuthorStreamAndMonth_GivesAKeyOfItsOwn()
    {
        using var open = Open();
        ContentKey[] keys =
        [
            await open.Store.GetOrCreate(Alice, Stream, At),
            await open.Store.GetOrCreate(Bob, Stream, At),
            await open.Store.GetOrCreate(Alice, StreamId.Parse("channel-2"), At),
            await open.Store.GetOrCreate(Alice, Stream, At.AddHours(1)),
        ];
        Assert.Equal(4, keys.Select(k => k.Kid).Distinct().Count());
        Assert.Equal(4, keys.Select(k => Convert.ToHexString(k.Key.Span)).Distinct().Count());
        Assert.All(keys, k => Assert.Matches("^k_[0-9A-HJKMNP-TV-Z]{26}$", k.Kid));
        Assert.All(keys, k => Assert.Equal(32, k.Key.Length));
        // The month is UTC's: half an hour before midnight on the 31st, wherever the clock stands.
        Assert.Equal(keys[0].Kid, (await open.Store.GetOrCreate(Alice, Stream, At.ToOffset(TimeSpan.FromHours(5)))).Kid);
    }

    [SkippableFact]
    public async Task GetOrCreate_ByManyAtOnce_GivesAllTheSameKey()
    {
        using var open = Open();
        using var other = open.Another();
        var keys = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Task.Run(async () => await (i % 2 == 0 ? open.Store : other).GetOrCreate(Alice, Stream, At))));
        Assert.Single(keys.Select(k => (k.Kid, Convert.ToHexString(k.Key.Span))).Distinct());
    }

    [SkippableFact]
    public async Task Reopening_WithTheSameKey_GivesEverythingAgain()
    {
        ContentKey key;
        string pseudonym;
        byte[] index;
        using (var open = Open())
        {
            key = await open.Store.GetOrCreate(Alice, Stream, At);
            pseudonym = await open.Store.Pseudonym(Alice);
            index = open.Store.IndexKey.ToArray();
        }
        using var again = Open();
        Assert.Equal(key.Key.ToArray(), (await again.Store.Find(key.Kid))!.Key.ToArray());
        Assert.Equal(key.Kid, (await again.Store.GetOrCreate(Alice, Stream, At)).Kid);
        Assert.Equal(pseudonym, await again.Store.Pseudonym(Alice));
        Assert.Equal(index, again.Store.IndexKey.ToArray());
        Assert.Equal(32, index.Length);
    }

    [SkippableFact]
    public async Task Find_OfManyKids_GivesTheKnownOnes()
    {
        using var open = Open();
        var made = new List<ContentKey>();
        for (var i = 0; i < 20; i++)
            made.Add(await open.Store.GetOrCreate(UserId.Parse($"user{i}"), Stream, At));
        using var fresh = open.Another();

        var found = await fresh.Find(made.Select(k => k.Kid).Append("k_unknown"));

        Assert.Equal(made.Select(k => k.Kid).Order(), found.Keys.Order());
        Assert.All(made, k => Assert.Equal(k.Key.ToArray(), found[k.Kid].Key.ToArray()));
        Assert.Null(await fresh.Find("k_unknown"));
    }

    [SkippableFact]
    public async Task Pseudonym_OfASubject_IsRandomAndStays()
    {
        using var open = Open();
        var alice = await open.Store.Pseudonym(Alice);
        Assert.Matches("^u_[0-9A-HJKMNP-TV-Z]{26}$", alice);
        Assert.Equal(alice, await open.Store.Pseudonym(Alice));
        Assert.NotEqual(alice, await open.Store.Pseudonym(Bob));
    }

    [SkippableFact]
    public void Opening_WithAnotherKey_Refuses()
    {
        Open().Dispose();
        using var wrong = new KeyEncryptionKey(RandomNumberGenerator.GetBytes(32));
        Assert.Contains("key-encryption key", Assert.Throws<StorageRefusedException>(() => Database.OpenKeys(wrong)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Find_OfAKeyMovedToAnotherName_RefusesToUnwrapIt()
    {
        using var open = Open();
        var key = await open.Store.GetOrCreate(Alice, Stream, At);
        using (var connection = open.Source.OpenConnection())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "UPDATE content_key SET kid = 'k_other'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await open.Store.Find("k_other"));
        Assert.NotNull(await open.Store.Find(key.Kid));
    }

    private OpenStore<SqlKeyStore> Open() => Database.OpenKeys(_wrapping);
}
