using System.Security.Cryptography;
using System.Text;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteKeyStoreTests : IDisposable
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly UserId Bob = UserId.Parse("bob");
    private static readonly StreamId Stream = StreamId.Parse("channel-1");
    private static readonly DateTimeOffset At = new(2026, 3, 31, 23, 30, 0, TimeSpan.Zero);
    private readonly TempDirectory _directory = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public void Dispose() => _directory.Dispose();

    [Fact]
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

    [Fact]
    public async Task GetOrCreate_ByManyAtOnce_GivesAllTheSameKey()
    {
        using var open = Open();
        using var other = new SqliteKeyStore(open.Database, open.Wrapping, open.Options, TimeProvider.System);
        var keys = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Task.Run(async () => await (i % 2 == 0 ? open.Store : other).GetOrCreate(Alice, Stream, At))));
        Assert.Single(keys.Select(k => (k.Kid, Convert.ToHexString(k.Key.Span))).Distinct());
    }

    [Fact]
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

    [Fact]
    public async Task Find_OfManyKids_GivesTheKnownOnes()
    {
        using var open = Open();
        var made = new List<ContentKey>();
        for (var i = 0; i < 20; i++)
            made.Add(await open.Store.GetOrCreate(UserId.Parse($"user{i}"), Stream, At));
        using var fresh = new SqliteKeyStore(open.Database, open.Wrapping, open.Options, TimeProvider.System);

        var found = await fresh.Find(made.Select(k => k.Kid).Append("k_unknown"));

        Assert.Equal(made.Select(k => k.Kid).Order(), found.Keys.Order());
        Assert.All(made, k => Assert.Equal(k.Key.ToArray(), found[k.Kid].Key.ToArray()));
        Assert.Null(await fresh.Find("k_unknown"));
    }

    [Fact]
    public async Task Pseudonym_OfASubject_IsRandomAndStays()
    {
        using var open = Open();
        var alice = await open.Store.Pseudonym(Alice);
        Assert.Matches("^u_[0-9A-HJKMNP-TV-Z]{26}$", alice);
        Assert.Equal(alice, await open.Store.Pseudonym(Alice));
        Assert.NotEqual(alice, await open.Store.Pseudonym(Bob));
    }

    [Fact]
    public void Opening_WithAnotherKey_Refuses()
    {
        Open().Dispose();
        _secret[31] ^= 1;
        Assert.Contains("key-encryption key", Assert.Throws<StorageRefusedException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_OfAKeyMovedToAnotherName_RefusesToUnwrapIt()
    {
        using var open = Open();
        var key = await open.Store.GetOrCreate(Alice, Stream, At);
        using (var connection = open.Database.Source.OpenConnection())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "UPDATE content_key SET kid = 'k_other'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await open.Store.Find("k_other"));
        Assert.NotNull(await open.Store.Find(key.Kid));
    }

    [Fact]
    public async Task Files_OfTheStore_HoldNoKeyInTheClear()
    {
        ContentKey key;
        byte[] index;
        using (var open = Open())
        {
            key = await open.Store.GetOrCreate(Alice, Stream, At);
            index = open.Store.IndexKey.ToArray();
        }
        var bytes = Directory.GetFiles(_directory.Path, "keys.db*").SelectMany(File.ReadAllBytes).ToArray();
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key.Kid)) >= 0);
        Assert.True(bytes.AsSpan().IndexOf(key.Key.Span) < 0);
        Assert.True(bytes.AsSpan().IndexOf(index) < 0);
    }

    [Fact]
    public void KeyEncryptionKey_Printed_ShowsNothing()
    {
        using var key = new KeyEncryptionKey(_secret);
        Assert.Equal("(hidden)", $"{key}");
        Assert.Throws<ArgumentException>(() => new KeyEncryptionKey(_secret.AsSpan(1)));
    }

    [Fact]
    public void BoundedCache_FilledBeyondItsCapacity_ForgetsWhatIsNotUsed()
    {
        var cache = new BoundedCache<int, int>(100);
        for (var i = 0; i < 10_000; i++)
        {
            cache.Set(i, i);
            Assert.True(cache.TryGet(0, out _));
            Assert.InRange(cache.Count, 1, 100);
        }
        Assert.False(cache.TryGet(5, out _));
        Assert.True(cache.TryGet(9_999, out var last));
        Assert.Equal(9_999, last);
    }

    private OpenStore Open() => new(_directory.Path, _secret);

    private sealed class OpenStore : IDisposable
    {
        public OpenStore(string directory, byte[] secret)
        {
            Options = new SqliteOptions { DataDirectory = directory };
            Wrapping = new KeyEncryptionKey(secret);
            Database = SqliteDatabase.OpenKeys(Options);
            try
            {
                Store = new SqliteKeyStore(Database, Wrapping, Options, TimeProvider.System);
            }
            catch
            {
                Database.Dispose();
                throw;
            }
        }

        public SqliteOptions Options { get; }

        public KeyEncryptionKey Wrapping { get; }

        public SqliteDatabase Database { get; }

        public SqliteKeyStore Store { get; }

        public void Dispose()
        {
            Store.Dispose();
            Database.Dispose();
            Wrapping.Dispose();
        }
    }
}
