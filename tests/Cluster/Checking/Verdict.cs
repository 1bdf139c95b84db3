namespace QuikApp.Cluster.Checking;

/// <summary>What a run shows.</summary>
internal enum Outcome
{
    /// <summary>No promise was broken, and the run was fit to break one.</summary>
    Valid,

    /// <summary>At least one promise was broken.</summary>
    Violation,

    /// <summary>Nothing was broken, and nothing is proved: too little load, or no fault that was felt.</summary>
    Invalid,
}

/// <summary>The checker's judgement of a run.</summary>
/// <param name="Violations">What was broken.</param>
/// <param name="Doubts">Why the run proves nothing, if it does not.</param>
/// <param name="Measures">What was counted.</param>
internal sealed record Verdict(IReadOnlyList<Violation> Violations, IReadOnlyList<string> Doubts, Measures Measures)
{
    /// <summary>A broken promise counts, however little the run was loaded.</summary>
    public Outcome Outcome =>
        Violations.Count > 0 ? Outcome.Violation
        : Doubts.Count > 0 ? Outcome.Invalid
        : Outcome.Valid;

    public override string ToString() =>
        $"{Outcome.ToString().ToUpperInvariant()}{string.Concat(Violations.Select(v => $"\n  {v}"))}{string.Concat(Doubts.Select(d => $"\n  {d}"))}";
}
