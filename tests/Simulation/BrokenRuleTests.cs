namespace QuikApp.Simulation;

/// <summary>The simulator sees what it is there for: each rule that is broken on purpose is found, by the check whose matter it is.</summary>
[Trait("Category", "everywhere")]
public sealed class BrokenRuleTests
{
    [Theory]
    [InlineData("HubLeavesHoles", "I3 I4", 100)]
    [InlineData("ResumeSkipsOne", "I4", 100)]
    [InlineData("LiveWithoutWindow", "I4 I8", 500)]
    [InlineData("AnswersBeforeCommit", "I1 I10", 500)]
    [InlineData("PublishesBeforeCommit", "I9 I1", 500)]
    [InlineData("JournalForgetsAtCrash", "I1", 500)]
    [InlineData("JournalTakesNumbersTwice", "I14 I9", 500)]
    [InlineData("ZombieWritesLate", "I8 I13 I15 relay", 6_000)]
    [InlineData("KeysForgotten", "I3 I10", 200)]
    [InlineData("BodiesNotCompared", "I10", 200)]
    [InlineData("RelaySettledWhenSent", "relay I13", 500)]
    [InlineData("RelayTriedOnce", "relay I13", 500)]
    [InlineData("RingingForgotten", "I13 relay", 500)]
    [InlineData("SocketsToldOnce", "I13 relay", 3_000)]
    [InlineData("TwoWinners", "I13", 500)]
    [InlineData("GhostsStay", "I11", 3_000)]
    [InlineData("PresenceSaidOnce", "I11", 500)]
    [InlineData("SnapshotAhead", "I15 I2", 500)]
    [InlineData("TailNotRead", "I2 I13 relay", 500)]
    public void Break_OnPurpose_IsFoundByItsCheck(string rule, string checks, int seeds)
    {
        var broken = Enum.Parse<Break>(rule);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var trial = Trial.Run((ulong)seed, broken);
            if (trial.Failure is null)
                continue;
            Assert.True(checks.Split(' ').Any(trial.FailedBy), $"seed {seed}: {trial.Failure}");
            return;
        }

        Assert.Fail($"{broken} was not found in {seeds} seeds");
    }

    [Fact]
    public void Breaks_AreAllTried()
    {
        var tried = typeof(BrokenRuleTests).GetMethod(nameof(Break_OnPurpose_IsFoundByItsCheck))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>()
            .Select(data => (string)data.GetData(null!).Single()[0]!);

        Assert.Equal(Enum.GetNames<Break>().Where(name => name != nameof(Break.None)).Order(), tried.Order());
    }
}
