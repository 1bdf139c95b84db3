using System.Diagnostics.Metrics;

namespace QuikApp.Actors.Telemetry;

/// <summary>
/// The node's instruments. Static on purpose: a meter is a name in the process's metrics, written from everywhere and
/// read by none. No label holds a user, a topic or anything else that grows with use.
/// </summary>
internal static class QuikAppMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "QuikApp";

    private static readonly Meter Meter = new(MeterName);

    private static readonly UpDownCounter<long> SocketsOpen = Meter.CreateUpDownCounter<long>(
        "quikapp.sockets.open", "{socket}", "Open sockets.");

    private static readonly Counter<long> SocketsClosed = Meter.CreateCounter<long>(
        "quikapp.sockets.closed", "{socket}", "Sockets that ended, by close code.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "quikapp.refusals", "{refusal}", "Pushes and joins refused, by reason.");

    private static readonly Counter<long> Malformed = Meter.CreateCounter<long>(
        "quikapp.frames.malformed", "{frame}", "Frames the wire does not allow, by fault.");

    private static readonly Histogram<double> AnswerDuration = Meter.CreateHistogram<double>(
        "quikapp.push.duration", "s", "Time from a push to its answer, the commit included.");

    /// <summary>Events handed to sockets.</summary>
    public static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "quikapp.deliveries", "{event}", "Events handed to sockets.");

    /// <summary>Events replayed out of the journal to clients that resume.</summary>
    public static readonly Counter<long> EventsResumed = Meter.CreateCounter<long>(
        "quikapp.resume.events", "{event}", "Events replayed to clients that resume.");

    /// <summary>Holes in live delivery that were read from the journal.</summary>
    public static readonly Counter<long> HolesFilled = Meter.CreateCounter<long>(
        "quikapp.delivery.holes", "{hole}", "Holes in live delivery filled from the journal.");

    /// <summary>Writes of conversations that failed.</summary>
    public static readonly Counter<long> JournalFailures = Meter.CreateCounter<long>(
        "quikapp.journal.failures", "{write}", "Writes of conversations that the journal refused or lost.");

    public static void SocketOpened() => SocketsOpen.Add(1);

    public static void SocketClosed(int code)
    {
        SocketsOpen.Add(-1);
        // Clients may send any code: what is not ours or the RFC's is one label.
        SocketsClosed.Add(1, new KeyValuePair<string, object?>("code", code is >= 1000 and <= 1015 or >= 4400 and <= 4429 ? code : 0));
    }

    public static void Refused(string reason) => Refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void MalformedFrame(string fault) => Malformed.Add(1, new KeyValuePair<string, object?>("fault", fault));

    public static void PushAnswered(TimeSpan after) => AnswerDuration.Record(after.TotalSeconds);
}
