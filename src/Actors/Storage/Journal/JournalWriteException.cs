namespace QuikApp.Actors.Storage.Journal;

/// <summary>A write did not become durable; the persistent actor's <c>OnPersistFailure</c> gets it.</summary>
internal sealed class JournalWriteException(JournalWriteFailure reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public JournalWriteFailure Reason { get; } = reason;
}
