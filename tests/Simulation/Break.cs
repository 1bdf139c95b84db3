namespace QuikApp.Simulation;

/// <summary>A rule that is broken on purpose: the simulator must see each of them.</summary>
internal enum Break
{
    None,

    /// <summary>A hub hands on what comes and reads no hole.</summary>
    HubLeavesHoles,

    /// <summary>A client that resumes after k gets k + 2 first.</summary>
    ResumeSkipsOne,

    /// <summary>A subscriber goes live without what the window holds for it.</summary>
    LiveWithoutWindow,

    /// <summary>A sender is answered when the write begins.</summary>
    AnswersBeforeCommit,

    /// <summary>What is written is delivered when the write begins.</summary>
    PublishesBeforeCommit,

    /// <summary>The journal forgets its last writes when it crashes.</summary>
    JournalForgetsAtCrash,

    /// <summary>Two writers may write the same number.</summary>
    JournalTakesNumbersTwice,

    /// <summary>A conversation that has moved away may still write after its successor was loaded, where that has not written yet.</summary>
    ZombieWritesLate,

    /// <summary>A repeat is not recognised.</summary>
    KeysForgotten,

    /// <summary>What a key stands for is not compared with the body.</summary>
    BodiesNotCompared,

    /// <summary>What is owed to other conversations is crossed out when it is sent.</summary>
    RelaySettledWhenSent,

    /// <summary>What is owed to other conversations is told once, and no answer is awaited.</summary>
    RelayTriedOnce,

    /// <summary>A call that was loaded again does not know how long it may ring.</summary>
    RingingForgotten,

    /// <summary>A call is told once that a socket went.</summary>
    SocketsToldOnce,

    /// <summary>Nobody who answers a call hears that another device did.</summary>
    TwoWinners,

    /// <summary>The users of a node that crashed stay.</summary>
    GhostsStay,

    /// <summary>A change of presence is said once and never repaired.</summary>
    PresenceSaidOnce,

    /// <summary>A snapshot claims one event more than it holds.</summary>
    SnapshotAhead,

    /// <summary>A conversation that was loaded anew counts from its snapshot and reads no tail.</summary>
    TailNotRead,
}
