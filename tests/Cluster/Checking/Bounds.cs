namespace QuikApp.Cluster.Checking;

/// <summary>I18: what a node holds comes back to where it was before the fault.</summary>
internal sealed class Bounds : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run) =>
        from use in run.Run.Seen.Resources
        where use.After > use.Before + use.Slack
        select new Violation("I18", $"{use.Node}: {use.What} went from {use.Before} to {use.After}, {use.Slack} more are allowed");
}
