using System.Security.Cryptography;
using System.Text;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>What keeps keys from being read by others, and the cache in front of the store.</summary>
public sealed class KeyEncryptionTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Files_OfTheStore_HoldNoKeyInTheClear()
    {
        ContentKey key;
        byte[] index;
        var options = new SqliteOptions { DataDirectory = _directory.Path };
        using (var wrapping = new KeyEncryptionKey(_secret))
        using (var database = SqliteDatabase.OpenKeys(options))
        using (var store = new SqliteKeyStore(database, wrapping, options, TimeProvider.System))
        {
            key = await store.GetOrCreate(UserId.Parse("alice"), StreamId.Parse("channel-1"), DateTimeOffset.UnixEpoch);
            index = store.IndexKey.ToArray();
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
}
