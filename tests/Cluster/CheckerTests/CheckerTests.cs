using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;

namespace QuikApp.Cluster.CheckerTests;

/// <summary>The checker finds what it is there to find: a checker that passes everything would pass the product too.</summary>
public sealed class CheckerTests
{
    private static readonly Thresholds Small = new() { AckedPerSecond = 10, OperationsInFault = 50, Effects = 1 };

    public static TheoryData<string> MutantNames => [.. Mutants.All.Keys];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void CorrectRun_IsValid(int seed)
    {
        var verdict = Checker.Judge(RunBuilder.Correct(seed).Build(), Small);

        Assert.True(verdict.Outcome == Outcome.Valid, verdict.ToString());
    }

    [Theory]
    [MemberData(nameof(MutantNames))]
    public void Mutant_IsCaughtByItsInvariant(string mutant)
    {
        var (invariant, breakIt) = Mutants.All[mutant];
        for (var seed = 1; seed <= 3; seed++)
        {
            var run = RunBuilder.Correct(seed);
            breakIt(run);

            var verdict = Checker.Judge(run.Build(), Small);

            Assert.Equal(Outcome.Violation, verdict.Outcome);
            Assert.Contains(verdict.Violations, violation => violation.Invariant == invariant);
        }
    }

    [Fact]
    public void Mutants_AreFourteen() => Assert.Equal(14, Mutants.All.Count);

    [Fact]
    public void TooLittleLoad_ProvesNothing() => AssertInvalid(RunBuilder.Correct(1), Small with { AckedPerSecond = 100_000 }, "before the fault");

    [Fact]
    public void TooLittleDuringTheFault_ProvesNothing() => AssertInvalid(RunBuilder.Correct(1), Small with { OperationsInFault = 61 }, "during the fault");

    [Fact]
    public void FaultWithoutEffect_ProvesNothing()
    {
        var run = RunBuilder.Correct(1);
        run.Effects = 0;
        AssertInvalid(run, Small, "effects");
    }

    [Fact]
    public void JournalThatNobodyVerified_ProvesNothing()
    {
        var run = RunBuilder.Correct(1).Build();
        var verdict = Checker.Judge(run with { Seen = run.Seen with { Verification = null } }, Small);

        Assert.Equal(Outcome.Invalid, verdict.Outcome);
    }

    [Fact]
    public void RefusedSendThatIsStored_IsFound()
    {
        var run = RunBuilder.Correct(1);
        var ack = run.Find(l => l.Op == Operation.Ack, 0);
        var cid = run.Lines[ack].Cid;
        run.Lines.RemoveAll(l => l.Cid == cid && l.Op == Operation.Ack);
        run.Lines.RemoveAll(l => l.Cid == cid && l.Op == Operation.Send && l.T != run.Lines.First(x => x.Cid == cid).T);
        run.Lines.Add(new(1, "ann", RunBuilder.Node, Operation.Nack) { Cid = cid, Code = "forbidden", Kind = EntryKind.Create });

        AssertFinds("I2", run.Build());
    }

    [Fact]
    public void ReadThatLacksOnesOwnWrite_IsFound()
    {
        var run = RunBuilder.Correct(1);
        run.Lines.Add(new(long.MaxValue, "ann", "n2", Operation.Read) { Room = RunBuilder.Hot, Sub = "late", Code = "head", Head = 2 });

        AssertFinds("I7", run.Build());
    }

    [Fact]
    public void ReaderWhoIsNoMember_IsFound()
    {
        var run = RunBuilder.Correct(1);
        run.Lines.Add(new(1, "ben", RunBuilder.Node, Operation.Join) { Room = RunBuilder.Direct, Sub = "spy", Head = 1 });

        AssertFinds("I17", run.Build());
    }

    [Fact]
    public void WhatTheHarnessSaw_IsFound()
    {
        var run = RunBuilder.Correct(1).Build();
        var seen = run.Seen;

        AssertFinds("I12", run with { Seen = seen with { Typing = [new(RunBuilder.Hot, "ann", 0, null)] } });
        AssertFinds("I15", run with { Seen = seen with { Verification = seen.Verification! with { Violations = ["channel:hot seq 3: prev"] } } });
        AssertFinds("I16", run with { Seen = seen with { Canary = seen.Canary! with { Errors = 1 } } });
        AssertFinds("I18", run with { Seen = seen with { Resources = [new("n1", "threads", 20, 90, 10)] } });
        AssertFinds("I19", run with { Seen = seen with { Leaks = ["n1.log: a token"] } });
    }

    private static void AssertFinds(string invariant, Run run)
    {
        var verdict = Checker.Judge(run, Small);

        Assert.Contains(verdict.Violations, violation => violation.Invariant == invariant);
    }

    private static void AssertInvalid(RunBuilder run, Thresholds thresholds, string why)
    {
        var verdict = Checker.Judge(run.Build(), thresholds);

        Assert.Equal(Outcome.Invalid, verdict.Outcome);
        Assert.Contains(why, Assert.Single(verdict.Doubts), StringComparison.Ordinal);
    }
}
