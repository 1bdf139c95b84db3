namespace QuikApp.Bench.Load;

/// <summary>What one run of a load client found; travels as one line of JSON.</summary>
/// <param name="Problem">Why the run is not valid, or null.</param>
/// <param name="Values">The figures, by <see cref="FigureKey"/>.</param>
internal sealed record Measurement(string? Problem, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>A run without figures.</summary>
    public static Measurement Invalid(string problem) => new(problem, new Dictionary<string, double>());
}
