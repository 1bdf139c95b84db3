using QuikApp.Bench.Peers;

namespace QuikApp.Bench.Load;

/// <summary>Finds the dialect of a plan's peer.</summary>
internal static class Dialects
{
    /// <summary>A new dialect for the plan.</summary>
    public static IDialect For(LoadPlan plan) => PeerCatalogue.Find(plan.Peer).CreateDialect(plan);
}
