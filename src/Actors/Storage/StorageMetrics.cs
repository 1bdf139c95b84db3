using System.Diagnostics.Metrics;

namespace QuikApp.Actors.Storage;

/// <summary>What the journal's writer counts. Commits against rows is the gain of the group commit.</summary>
internal sealed class StorageMetrics : IDisposable
{
    /// <summary>The name under which the instruments are collected.</summary>
    public const string MeterName = "QuikApp.Storage";

    private readonly Meter _meter = new(MeterName);

    /// <summary>Creates the instruments.</summary>
    public StorageMetrics()
    {
        Commits = _meter.CreateCounter<long>("quikapp.journal.commits", "{transaction}");
        Rows = _meter.CreateCounter<long>("quikapp.journal.rows", "{event}");
        Failures = _meter.CreateCounter<long>("quikapp.journal.write.failures", "{write}");
        CommitDuration = _meter.CreateHistogram<double>("quikapp.journal.commit.duration", "s");
    }

    /// <summary>Transactions committed.</summary>
    public Counter<long> Commits { get; }

    /// <summary>Events committed.</summary>
    public Counter<long> Rows { get; }

    /// <summary>Writes that failed, tagged with <c>reason</c>.</summary>
    public Counter<long> Failures { get; }

    /// <summary>Seconds from the begin to the end of a transaction that committed.</summary>
    public Histogram<double> CommitDuration { get; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
