namespace QuikApp.Bench.Load;

/// <summary>What a received message without a stamp means to a run.</summary>
internal enum MessageKind
{
    /// <summary>Keep-alives, presence and whatever else a run need not understand.</summary>
    Other,

    /// <summary>A send was taken.</summary>
    Acknowledgement,

    /// <summary>The server said no, or is about to hang up: the run is not valid.</summary>
    Refusal,

    /// <summary>All missed messages have been replayed.</summary>
    ReplayDone,
}
