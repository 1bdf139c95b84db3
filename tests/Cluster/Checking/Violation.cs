namespace QuikApp.Cluster.Checking;

/// <summary>A promise that was broken.</summary>
/// <param name="Invariant">Which one: I1 to I19.</param>
/// <param name="Evidence">Where, so that it can be looked up in the histories.</param>
internal sealed record Violation(string Invariant, string Evidence)
{
    public override string ToString() => $"{Invariant}: {Evidence}";
}
