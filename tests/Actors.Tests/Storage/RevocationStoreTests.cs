using System.Security.Cryptography;
using System.Text;
using QuikApp.Actors.Storage.Revocations;

namespace QuikApp.Actors.Tests.Storage;

public sealed class SqliteRevocationStoreTests : RevocationStoreTests<SqliteTestDatabase>;

public sealed class PostgresRevocationStoreTests : RevocationStoreTests<PostgresTestDatabase>;

public abstract class RevocationStoreTests<T> : DatabaseTests<T>
    where T : ITestDatabase, new()
{
    private static readonly byte[] Alice = Hash("alice");
    private static readonly byte[] Bob = Hash("bob");

    [SkippableFact]
    public async Task Append_Entries_AreReadInOrderFromAnyPoint()
    {
        using var open = Database.OpenRevocations();
        var first = await open.Store.Append(RevocationKind.Tokens, Alice, 1_000, request: null);
        var second = await open.Store.Append(RevocationKind.Connections, Bob, 2_000, request: null);
        var third = await open.Store.Append(RevocationKind.Tokens, Alice, 3_000, request: null);

        Assert.True(first.Id < second.Id && second.Id < third.Id);
        Assert.Equal([first.Id, second.Id, third.Id], (await open.Store.After(0, 0)).Select(entry => entry.Id));
        Assert.Equal([third.Id], (await open.Store.After(second.Id, 0)).Select(entry => entry.Id));
        Assert.Equal([second.Id, third.Id], (await open.Store.After(0, 2_000)).Select(entry => entry.Id));
        var read = (await open.Store.After(0, 0))[1];
        Assert.Equal((RevocationKind.Connections, 2_000L), (read.Kind, read.Before));
        Assert.Equal(Bob, read.Subject);
    }

    [SkippableFact]
    public async Task Append_WithARequestThatWasUsed_GivesTheFirstEntryAndAddsNone()
    {
        using var open = Database.OpenRevocations();
        var first = await open.Store.Append(RevocationKind.Tokens, Alice, 1_000, Hash("request"));
        var again = await open.Store.Append(RevocationKind.Connections, Bob, 2_000, Hash("request"));

        Assert.Equal((first.Id, first.Kind, first.Before), (again.Id, again.Kind, again.Before));
        Assert.Equal(Alice, again.Subject);
        Assert.Single(await open.Store.After(0, 0));
    }

    [SkippableFact]
    public async Task Append_ByManyAtOnceWithOneRequest_AddsOne()
    {
        using var open = Database.OpenRevocations();
        using var other = open.Another();
        var entries = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            (i % 2 == 0 ? open.Store : other).Append(RevocationKind.Tokens, Alice, i, Hash("request"))));
        Assert.Single(entries.Select(entry => (entry.Id, entry.Before)).Distinct());
    }

    [SkippableFact]
    public async Task WasEver_OnlyForRevokedTokens_IsTrueHoweverLongAgo()
    {
        using var open = Database.OpenRevocations();
        await open.Store.Append(RevocationKind.Tokens, Alice, 1, request: null);
        await open.Store.Append(RevocationKind.Connections, Bob, 1, request: null);
        Assert.True(await open.Store.WasEver(Alice));
        Assert.False(await open.Store.WasEver(Bob));
        Assert.Empty(await open.Store.After(0, 1_000_000));
    }

    [SkippableFact]
    public async Task Reopening_TheFile_HasEverythingThatWasAcknowledged()
    {
        using (var open = Database.OpenRevocations())
            await open.Store.Append(RevocationKind.Tokens, Alice, 7, Hash("request"));

        using var again = Database.OpenRevocations();
        Assert.Equal(7, Assert.Single(await again.Store.After(0, 0)).Before);
        Assert.Equal(7, (await again.Store.Append(RevocationKind.Tokens, Alice, 8, Hash("request"))).Before);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
