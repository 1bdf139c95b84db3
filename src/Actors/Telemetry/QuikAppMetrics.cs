using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace QuikApp.Actors.Telemetry;

/// <summary>The instruments of the product. No label ever holds an id of a user, a channel or a socket.</summary>
/// <remarks>
/// Static on purpose, against the rule: an instrument is a name of the process, not a state of a host, and handing it
/// through every stage and actor would cost a field a socket. Two hosts in one process add up, as two nodes do.
/// </remarks>
internal static class QuikAppMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "QuikApp";

    private static readonly Meter Meter = new(MeterName);

    // A local fsync takes 0.5 to 10 ms; beyond 5 s the senders were told "unavailable".
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    // A reason comes from a closed list of the contract; what is not on it would be a new series each.
    private static readonly FrozenSet<string> KnownReasons = FrozenSet.Create(
        StringComparer.Ordinal,
        "unauthorized", "invalid_payload", "invalid_event", "not_found", "forbidden", "payload_too_large", "rate_limited",
        "idempotency_conflict", "unavailable", "invalid_reaction", "unmatched topic", "too many channels joined",
        "invalid_cursor", "archived", "call_ended", "answered_elsewhere", "internal", "handshake", "method_not_allowed",
        "unsupported_media_type", "request_timeout", "already_exists");

    private static readonly UpDownCounter<long> OpenSockets =
        Meter.CreateUpDownCounter<long>("quikapp.sockets.open", "{socket}", "Sockets open now");

    private static readonly Counter<long> FramesIn =
        Meter.CreateCounter<long>("quikapp.frames.received", "{frame}", "Frames received from clients");

    private static readonly Counter<long> FramesOut =
        Meter.CreateCounter<long>("quikapp.frames.sent", "{frame}", "Frames written to clients");

    private static readonly Counter<long> BytesOut =
        Meter.CreateCounter<long>("quikapp.bytes.sent", "By", "Bytes of frames written to clients");

    private static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("quikapp.refusals", "{refusal}", "Handshakes, joins and pushes refused");

    private static readonly Counter<long> RefusedRequests =
        Meter.CreateCounter<long>("quikapp.api.refusals", "{request}", "Requests to the HTTP API refused");

    private static readonly Counter<long> AccessQuestions =
        Meter.CreateCounter<long>("quikapp.access.questions", "{question}", "Questions to the platform's own directory");

    private static readonly Counter<long> Sends =
        Meter.CreateCounter<long>("quikapp.sends", "{message}", "Messages committed to the journal and acknowledged");

    private static readonly Histogram<double> JournalWrites = Meter.CreateHistogram(
        "quikapp.journal.write.duration", "s", "Time from handing a batch to the journal until it is committed", advice: Durations);

    private static readonly Counter<long> ResumedEvents =
        Meter.CreateCounter<long>("quikapp.resume.events", "{event}", "Events replayed to clients that came back");

    private static readonly Counter<long> SlowCuts =
        Meter.CreateCounter<long>("quikapp.sockets.slow_cuts", "{socket}", "Sockets cut with 4410 because they did not read");

    private static readonly Counter<long> ClosedSockets =
        Meter.CreateCounter<long>("quikapp.sockets.closed", "{socket}", "Sockets that ended, by close code");

    private static readonly Counter<long> MalformedFrames =
        Meter.CreateCounter<long>("quikapp.frames.malformed", "{frame}", "Frames that the wire does not allow, by fault");

    private static readonly Histogram<double> AnswerDuration =
        Meter.CreateHistogram("quikapp.push.duration", "s", "Time from a push to its answer, the commit included", advice: Durations);

    private static readonly Counter<long> DeliveredEvents =
        Meter.CreateCounter<long>("quikapp.deliveries", "{event}", "Events handed to sockets");

    private static readonly Counter<long> FilledHoles =
        Meter.CreateCounter<long>("quikapp.delivery.holes", "{hole}", "Holes in live delivery filled from the journal");

    private static readonly Counter<long> FailedWrites =
        Meter.CreateCounter<long>("quikapp.journal.failures", "{write}", "Writes of conversations that the journal refused or lost");

    private static readonly UpDownCounter<long> OnlineUsers =
        Meter.CreateUpDownCounter<long>("quikapp.presence.users", "{user}", "Users shown as online by their sockets on this node");

    private static readonly Counter<long> PresenceWrites =
        Meter.CreateCounter<long>("quikapp.presence.writes", "{write}", "Batches of presence changes handed to the other nodes");

    private static readonly Counter<long> PresenceEvents =
        Meter.CreateCounter<long>("quikapp.presence.deliveries", "{event}", "Presence events handed to sockets");

    private static readonly UpDownCounter<long> OpenLongPolls =
        Meter.CreateUpDownCounter<long>("quikapp.longpoll.open", "{session}", "Long-poll sessions in use now");

    private static readonly Counter<long> ClosedLongPolls =
        Meter.CreateCounter<long>("quikapp.longpoll.closed", "{session}", "Long-poll sessions that ended, by close code");

    private static readonly Counter<long> LongPollAnswers =
        Meter.CreateCounter<long>("quikapp.longpoll.answers", "{request}", "Long-poll requests answered, by method and status");

    /// <summary>A long-poll session was used for the first time.</summary>
    public static void LongPollOpened() => OpenLongPolls.Add(1);

    /// <summary>A long-poll session that was counted as open is gone.</summary>
    /// <param name="code">The close code that a WebSocket would have had; always one of ours.</param>
    public static void LongPollClosed(int code)
    {
        OpenLongPolls.Add(-1);
        ClosedLongPolls.Add(1, new KeyValuePair<string, object?>("code", code));
    }

    /// <summary>A long-poll request was answered.</summary>
    /// <param name="method"><c>get</c> or <c>post</c>.</param>
    /// <param name="status">The status in the answer's body.</param>
    public static void LongPollAnswered(string method, int status) => LongPollAnswers.Add(
        1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("status", status));

    /// <summary>A handshake succeeded.</summary>
    public static void SocketOpened() => OpenSockets.Add(1);

    /// <summary>A socket that was counted as open is gone.</summary>
    /// <param name="code">Its close code; a client may send any, so what is neither the RFC's nor ours counts as 0.</param>
    public static void SocketClosed(int code)
    {
        OpenSockets.Add(-1);
        ClosedSockets.Add(1, new KeyValuePair<string, object?>("code", code is (>= 1000 and <= 1015) or (>= 4400 and <= 4429) ? code : 0));
    }

    /// <summary>A frame that the wire does not allow.</summary>
    /// <param name="fault">One of the decoder's faults.</param>
    public static void MalformedFrame(string fault) =>
        MalformedFrames.Add(1, new KeyValuePair<string, object?>("fault", fault));

    /// <summary>A push was answered.</summary>
    public static void PushAnswered(TimeSpan after) => AnswerDuration.Record(after.TotalSeconds);

    /// <summary>An event was handed to this many sockets.</summary>
    public static void Delivered(int sockets) => DeliveredEvents.Add(sockets);

    /// <summary>More or fewer users are shown as online by their sockets on this node.</summary>
    public static void PresenceUsers(int more)
    {
        if (more != 0)
            OnlineUsers.Add(more);
    }

    /// <summary>A batch of presence changes was handed to the replicated data.</summary>
    public static void PresenceWritten() => PresenceWrites.Add(1);

    /// <summary>Presence events were handed to sockets.</summary>
    public static void PresenceDelivered(int events) => PresenceEvents.Add(events);

    /// <summary>A hole in live delivery is being filled.</summary>
    public static void HoleFound() => FilledHoles.Add(1);

    /// <summary>A conversation's write failed.</summary>
    public static void JournalWriteFailed() => FailedWrites.Add(1);

    /// <summary>Frames came in.</summary>
    public static void FramesReceived(int frames = 1) => FramesIn.Add(frames);

    /// <summary>Frames went out together.</summary>
    public static void FramesSent(int frames, long bytes)
    {
        FramesOut.Add(frames);
        BytesOut.Add(bytes);
    }

    /// <summary>Something was refused.</summary>
    /// <param name="reason">A reason of the contract, <c>handshake</c>; any other counts as <c>other</c>.</param>
    public static void Refused(string reason) => Refusals.Add(1, ReasonOf(reason));

    /// <summary>A request to the HTTP API was refused.</summary>
    /// <param name="reason">As for <see cref="Refused"/>.</param>
    public static void RequestRefused(string reason) => RefusedRequests.Add(1, ReasonOf(reason));

    /// <summary>The platform's own directory was asked.</summary>
    /// <param name="outcome"><c>yes</c>, <c>no</c>, <c>failed</c> or <c>not_asked</c>.</param>
    public static void AccessAsked(string outcome) => AccessQuestions.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Messages were committed.</summary>
    public static void Sent(int messages = 1) => Sends.Add(messages);

    /// <summary>A batch was committed.</summary>
    public static void JournalWritten(TimeSpan duration) => JournalWrites.Record(duration.TotalSeconds);

    /// <summary>Events were replayed.</summary>
    public static void Resumed(long events) => ResumedEvents.Add(events);

    /// <summary>A socket was cut because it did not read.</summary>
    public static void SlowReaderCut() => SlowCuts.Add(1);

    private static KeyValuePair<string, object?> ReasonOf(string reason) => new("reason", KnownReasons.Contains(reason) ? reason : "other");
}
