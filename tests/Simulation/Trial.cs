using QuikApp.Simulation.Checking;

namespace QuikApp.Simulation;

/// <summary>One seed, from its beginning to what came of it.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Events">Events that the scheduler ran.</param>
/// <param name="Failure">What went wrong; null when nothing did.</param>
internal sealed record Trial(ulong Seed, int Events, Exception? Failure)
{
    private const int TraceTail = 60;

    /// <summary>Whether it failed by a check of this name.</summary>
    public bool FailedBy(string check) => Failure is Violation violation && violation.Check == check;

    /// <summary>Runs a seed.</summary>
    public static Trial Run(ulong seed, Break @break = Break.None, Action<string>? trace = null)
    {
        var world = new World(seed, @break, trace);
        try
        {
            new Script(world).Run();
            Checks.All(world);
            return new Trial(seed, world.Scheduler.Ran, null);
        }
        catch (Exception e)
        {
            return new Trial(seed, world.Scheduler.Ran, e);
        }
    }

    /// <summary>What to say of a seed that failed: why, how to repeat it, and the end of what happened.</summary>
    public string Report(Break @break = Break.None)
    {
        var trace = new List<string>();
        var again = Run(Seed, @break, trace.Add);
        return $"""
            seed {Seed} fails: {(Failure is Violation ? Failure.Message : Failure)}
            again: {(again.Failure?.Message == Failure?.Message ? "the same" : $"NOT the same: {again.Failure?.Message ?? "nothing"}")}
            repeat it with: QUIKAPP_SIMULATION_SEED={Seed} dotnet test tests/Simulation --filter FullyQualifiedName~Seed_OfTheEnvironment
            {string.Join('\n', trace.TakeLast(TraceTail))}
            """;
    }
}
