using System.Security.Cryptography;
using System.Text;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Host.Authentication.Revocations;

namespace QuikApp.Host.Tests.Authentication.Revocations;

public sealed class RevocationTableTests
{
    private readonly RevocationTable _table = new();

    [Fact]
    public void Add_SeveralOfOneSubject_TheLatestMomentCounts()
    {
        _table.Add([Entry(1, "alice", 500), Entry(2, "alice", 900), Entry(3, "alice", 700)], oldest: 0);
        Assert.Equal(900, _table.Before(Of("alice")));
        Assert.Equal(0, _table.Before(Of("bob")));
    }

    [Fact]
    public void Add_AnEntryTwice_IsNewOnce()
    {
        var entry = Entry(1, "alice", 500, RevocationKind.Connections);
        Assert.Single(_table.Add([entry], oldest: 0));
        Assert.Empty(_table.Add([entry], oldest: 0));
        // Closing connections voids no token.
        Assert.Equal(0, _table.Before(Of("alice")));
    }

    [Fact]
    public void Add_ASmallerIdThatBecameVisibleLater_IsReadAgainAndTaken()
    {
        _table.Add([Entry(1_000, "alice", 500)], oldest: 0);
        Assert.InRange(_table.ReadAfter, 1, 990);
        Assert.Single(_table.Add([Entry(991, "bob", 600), Entry(1_000, "alice", 500)], oldest: 0));
        Assert.Equal(600, _table.Before(Of("bob")));
        Assert.Equal(900, _table.ReadAfter);
    }

    [Fact]
    public void Add_WhenEntriesAreOlderThanAnyToken_DropsThem()
    {
        _table.Add([Entry(1, "alice", 500)], oldest: 0);
        _table.Add([Entry(2, "bob", 2_000)], oldest: 1_000);
        Assert.Equal(0, _table.Before(Of("alice")));
        Assert.Equal(2_000, _table.Before(Of("bob")));
    }

    private static StoredRevocation Entry(long id, string user, long before, RevocationKind kind = RevocationKind.Tokens) =>
        new(id, kind, Hash(user), before);

    private static Subject Of(string user) => new(Hash(user));

    private static byte[] Hash(string user) => SHA256.HashData(Encoding.UTF8.GetBytes(user));
}
