namespace QuikApp.Simulation;

/// <summary>Something happened that never may.</summary>
internal sealed class Violation(string check, string what) : Exception($"{check}: {what}")
{
    /// <summary>The invariant, as the reliability plan numbers it.</summary>
    public string Check { get; } = check;
}
