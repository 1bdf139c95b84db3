using Akka.Actor.Setup;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>Hands the journal, which Akka.Persistence makes from its class name, what it writes with.</summary>
/// <param name="open">Opens a connection ready for the next batch.</param>
/// <param name="limits">The writer's bounds.</param>
/// <param name="metrics">Where the writer counts.</param>
/// <param name="fence">Keeps other nodes' writers out; null where no other process writes.</param>
internal sealed class JournalSetup(Func<string, IJournalConnection> open, JournalWriterLimits limits, StorageMetrics metrics, IWriterFence? fence = null) : Setup
{
    /// <summary>Keeps other nodes' writers out; null where no other process writes.</summary>
    public IWriterFence? Fence => fence;

    /// <summary>Starts a writer whose rows carry <paramref name="writerId"/>.</summary>
    public JournalWriter StartWriter(string writerId) => new(() => Open(writerId), limits, metrics);

    /// <summary>Opens a connection for a writer.</summary>
    /// <exception cref="StorageRefusedException">The journal would not be safe to write.</exception>
    public IJournalConnection Open(string writerId) => open(writerId);

    /// <summary>The same with a fence.</summary>
    public JournalSetup With(IWriterFence other) => new(open, limits, metrics, other);
}
