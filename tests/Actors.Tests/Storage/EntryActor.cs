using Akka.Actor;
using Akka.Persistence;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>Persists what it is told, one message at a time, and answers with the number or the error.</summary>
internal sealed class EntryActor : ReceivePersistentActor
{
    private readonly List<object> _replayed = [];
    private readonly TaskCompletionSource<IReadOnlyList<object>> _recovered;
    private IActorRef _asker = ActorRefs.Nobody;

    public EntryActor(string persistenceId, TaskCompletionSource<IReadOnlyList<object>> recovered)
    {
        PersistenceId = persistenceId;
        _recovered = recovered;
        Recover<JournalEntry>(_replayed.Add);
        Recover<string>(_replayed.Add);
        Recover<RecoveryCompleted>(_ => _recovered.TrySetResult(_replayed));
        Command<JournalEntry>(entry => Store([entry]));
        Command<object[]>(Store);
    }

    public override string PersistenceId { get; }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _asker.Tell(new Status.Failure(cause));

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        _asker.Tell(new Status.Failure(new InvalidOperationException("rejected, where a failure was due", cause)));

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _recovered.TrySetException(reason);

    private void Store(object[] events)
    {
        _asker = Sender;
        var left = events.Length;
        PersistAll(events, _ =>
        {
            if (--left == 0)
                _asker.Tell(LastSequenceNr);
        });
    }
}
