using System.Collections.Immutable;
using Akka.Persistence;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>What one persistent actor writes at once: it becomes durable as a whole or not at all.</summary>
internal sealed class JournalWrite(string persistenceId, IReadOnlyList<IPersistentRepresentation> events, long bytes, CancellationToken cancel)
{
    private readonly TaskCompletionSource<IImmutableList<Exception>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream.</summary>
    public string PersistenceId => persistenceId;

    /// <summary>The events, each a <see cref="JournalEntry"/>, in order.</summary>
    public IReadOnlyList<IPersistentRepresentation> Events => events;

    /// <summary>The sum of the records' sizes.</summary>
    public long Bytes => bytes;

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool Expired => cancel.IsCancellationRequested;

    /// <summary>Ends with null once the transaction is committed; fails with <see cref="JournalWriteException"/>.</summary>
    public Task<IImmutableList<Exception>> Done => _done.Task;

    /// <summary>The commit returned. (Akka.Persistence takes null for "none was rejected", though its signature does not say so.)</summary>
    public void Succeed() => _done.TrySetResult(null!);

    /// <summary>It is not durable.</summary>
    public void Fail(JournalWriteException error) => _done.TrySetException(error);
}
