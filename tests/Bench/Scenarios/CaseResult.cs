using QuikApp.Bench.Load;
using QuikApp.Bench.Peers;

namespace QuikApp.Bench.Scenarios;

/// <summary>What the rounds of a case found.</summary>
internal sealed class CaseResult(BenchCase benchCase, IReadOnlyList<IPeer> peers)
{
    private readonly Dictionary<string, List<Measurement>> _rounds = peers.ToDictionary(peer => peer.Name, _ => new List<Measurement>());

    /// <summary>The case.</summary>
    public BenchCase Case => benchCase;

    /// <summary>The peers that ran it.</summary>
    public IReadOnlyList<IPeer> Peers => peers;

    /// <summary>Whether every round of every peer held the rules.</summary>
    public bool IsValid => _rounds.Values.SelectMany(rounds => rounds).All(round => round.Problem is null);

    /// <summary>Adds a round.</summary>
    public void Add(IPeer peer, Measurement measurement) => _rounds[peer.Name].Add(measurement);

    /// <summary>The problems of a peer's rounds.</summary>
    public IEnumerable<string> Problems(IPeer peer) => _rounds[peer.Name].Select(round => round.Problem).OfType<string>();

    /// <summary>A figure over the valid rounds.</summary>
    public Spread? Of(IPeer peer, string key) =>
        Spread.Of(_rounds[peer.Name].Where(round => round.Problem is null && round.Values.ContainsKey(key)).Select(round => round.Values[key]));

    /// <summary>A figure as a share of the reference peer's in the same round.</summary>
    public Spread? Ratio(IPeer peer, IPeer reference, string key)
    {
        if (!_rounds.TryGetValue(reference.Name, out var references))
            return null;
        return Spread.Of(_rounds[peer.Name].Zip(references, static (own, other) => (Own: own, Other: other))
            .Where(pair => pair.Own.Problem is null && pair.Other.Problem is null
                && pair.Own.Values.ContainsKey(key) && pair.Other.Values.GetValueOrDefault(key) > 0)
            .Select(pair => pair.Own.Values[key] / pair.Other.Values[key]));
    }
}
