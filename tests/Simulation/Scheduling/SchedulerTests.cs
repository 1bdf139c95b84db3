namespace QuikApp.Simulation.Scheduling;

/// <summary>The same seed is the same run, on every machine and runtime.</summary>
[Trait("Category", "everywhere")]
public sealed class SchedulerTests
{
    [Fact]
    public void Pcg_KnownSeed_GivesKnownNumbers()
    {
        var random = new Pcg(42);
        Assert.Equal([0xC2F57BD6u, 0x6B07C4A9u, 0x72B7B29Bu], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Between_AnySeed_StaysInside()
    {
        var random = new Pcg(7);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => random.Between(3, 5)).ToHashSet();
        Assert.Equal([3L, 4, 5], drawn.Order());
    }

    [Fact]
    public void RunTo_SameMoment_KeepsTheOrderOfAsking()
    {
        var (scheduler, ran) = (new Scheduler(), new List<string>());
        scheduler.After(5, () => ran.Add("late"));
        scheduler.After(1, () =>
        {
            ran.Add("first");
            scheduler.After(0, () => ran.Add("third"));
        });
        scheduler.After(1, () => ran.Add("second"));

        scheduler.RunTo(4);

        Assert.Equal(["first", "second", "third"], ran);
        Assert.Equal(4, scheduler.Now);
        scheduler.RunTo(5);
        Assert.Equal("late", ran[^1]);
    }
}
