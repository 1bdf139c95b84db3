namespace QuikApp.Actors.Calls;

/// <summary>What a call waits for. Pure: the same whenever and wherever the call is loaded.</summary>
internal static class CallDeadlines
{
    /// <summary>When the ringing is over, microseconds since the epoch; null where nothing depends on it any more.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ringing">How long a call rings.</param>
    public static long? RingingEnds(CallState call, TimeSpan ringing) =>
        // With nobody to ring for, a caller who never comes would keep the call open for ever.
        call.IsOpen && (!call.Ringing.IsEmpty || call.Participants.IsEmpty) ? call.Info!.StartedAt + (long)ringing.TotalMicroseconds : null;

    /// <summary>Who takes part and has no socket: they have their time to come back.</summary>
    public static IEnumerable<Participant> Absent(CallState call, Func<string, bool> isAttached) =>
        call.IsOpen ? call.Participants.Values.Where(p => !isAttached(p.Session)) : [];
}
