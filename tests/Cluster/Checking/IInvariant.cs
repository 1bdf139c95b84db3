namespace QuikApp.Cluster.Checking;

/// <summary>One promise of the product, and how a run is asked whether it was kept.</summary>
internal interface IInvariant
{
    /// <summary>Where the run shows that it was not.</summary>
    IEnumerable<Violation> Check(RunIndex run);
}
