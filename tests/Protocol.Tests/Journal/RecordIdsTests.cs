using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class RecordIdsTests
{
    private static readonly RecordIds Ids = new(TimeProvider.System, CryptoRecordRandom.Instance);

    [Fact]
    public void New_Ids_AreOfTheirGrammarAndNeverTheSame()
    {
        Assert.True(RecordIds.IsKey(Ids.NewKey()));
        Assert.True(RecordIds.IsPseudonym(Ids.NewPseudonym()));
        Assert.True(Ids.NewMessage().Value is ['m', '_', .. var ulid] && RecordIds.IsUlid(ulid));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Ids.NewMessage()).Distinct().Count());
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Ids.NewPseudonym()).Distinct().Count());
    }

    [Fact]
    public void NewMessage_GivenTime_BeginsWithIt()
    {
        var ids = new RecordIds(new At(DateTimeOffset.FromUnixTimeMilliseconds(1469918176385)), new FixedRandom("ulid"));
        Assert.StartsWith("m_01ARYZ6S41", ids.NewMessage().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void NewPseudonym_ManyTimes_UsesEveryLetter() =>
        Assert.Equal(32, Enumerable.Range(0, 200).SelectMany(_ => Ids.NewPseudonym()[2..]).Distinct().Count());

    [Theory]
    [InlineData("01ARYZ6S41TSV4RRFFQ69G5FAV", true)]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", true)]
    [InlineData("8ZZZZZZZZZZZZZZZZZZZZZZZZZ", false)]
    [InlineData("01aryz6s41tsv4rrffq69g5fav", false)]
    [InlineData("01ARYZ6S41TSV4RRFFQ69G5FA", false)]
    [InlineData("01ARYZ6S41TSV4RRFFQ69G5FAVV", false)]
    [InlineData("01ARYZ6S41TSV4RRFFQ69G5FAU", false)]
    [InlineData("01ARYZ6S41TSV4RRFFQ69G5FAI", false)]
    [InlineData("", false)]
    public void IsUlid_Text_IsTheOneUpperCaseForm(string text, bool expected) => Assert.Equal(expected, RecordIds.IsUlid(text));

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
