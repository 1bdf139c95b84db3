namespace QuikApp.Actors.Calls;

/// <summary>How far a call has come.</summary>
internal enum CallPhase
{
    /// <summary>It rings, and nobody has answered.</summary>
    Ringing,

    /// <summary>Somebody answered.</summary>
    Answered,

    /// <summary>It is over.</summary>
    Ended,
}
