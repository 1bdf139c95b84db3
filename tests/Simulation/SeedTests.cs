using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace QuikApp.Simulation;

/// <summary>Every seed is a history of the cluster that never was; none may break a rule.</summary>
[Trait("Category", "everywhere")]
public sealed class SeedTests(ITestOutputHelper output)
{
    private const string SeedsVariable = "QUIKAPP_SIMULATION_SEEDS";
    private const string SeedVariable = "QUIKAPP_SIMULATION_SEED";
    private const int FailuresShown = 5;

    private static int Seeds => Environment.GetEnvironmentVariable(SeedsVariable) is { Length: > 0 } wanted
        ? int.Parse(wanted, CultureInfo.InvariantCulture)
        : Environment.GetEnvironmentVariable("CI") == "true" ? 100_000 : 10_000;

    [Fact]
    public void Seeds_Many_BreakNoRule()
    {
        var failed = new List<Trial>();
        var (events, began, cpu) = (0L, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Parallel.For(1, Seeds + 1, (seed, loop) =>
        {
            var trial = Trial.Run((ulong)seed);
            Interlocked.Add(ref events, trial.Events);
            if (trial.Failure is null)
                return;
            lock (failed)
                failed.Add(trial);
            if (failed.Count >= FailuresShown)
                loop.Stop();
        });

        var (took, used) = (Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Seeds} seeds of {events / Seeds} events: {Seeds / took:0} seeds/s on {Environment.ProcessorCount} cores, {Seeds / used:0} a second of processor time"));
        Assert.True(failed.Count == 0, string.Join("\n\n", failed.OrderBy(trial => trial.Seed).Take(FailuresShown).Select(trial => trial.Report())));
    }

    /// <summary>Repeats one seed and tells what happens in it.</summary>
    [Fact]
    public void Seed_OfTheEnvironment_TellsItsStory()
    {
        var seed = ulong.Parse(Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } wanted ? wanted : "1", CultureInfo.InvariantCulture);
        var lines = new List<string>();
        var trial = Trial.Run(seed, trace: lines.Add);

        output.WriteLine($"seed {seed}: {trial.Events} events, {trial.Failure?.Message ?? "no rule broken"}");
        foreach (var line in lines)
            output.WriteLine(line);
        Assert.Null(trial.Failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4711)]
    public void Seed_Twice_TellsTheSameStory(ulong seed)
    {
        List<string> first = [], second = [];
        Trial.Run(seed, trace: first.Add);
        Trial.Run(seed, trace: second.Add);

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }
}
