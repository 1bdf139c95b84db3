namespace QuikApp.Actors.Storage.Journal;

/// <summary>Why a write failed.</summary>
internal enum JournalWriteFailure
{
    /// <summary>The number, the message id or the idempotency key is taken: another writer was there first.</summary>
    Conflict,

    /// <summary>The queue in front of the writer is full; nothing was written.</summary>
    QueueFull,

    /// <summary>The caller stopped waiting before the writer came to it; nothing was written.</summary>
    Expired,

    /// <summary>The disk is full, or the database failed. After a failing commit the events may or may not be there.</summary>
    Database,

    /// <summary>The others have put this node out of the cluster and go on without it; nothing was written.</summary>
    Fenced,

    /// <summary>The journal is shutting down; nothing was written.</summary>
    Closed,
}
