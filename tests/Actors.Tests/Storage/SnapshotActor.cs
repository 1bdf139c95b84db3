using Akka.Actor;
using Akka.Persistence;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>Persists an entry for each string it is told, saves the string as its snapshot, deletes the older ones and says when that is done; asked, says what it was offered.</summary>
internal sealed class SnapshotActor : ReceivePersistentActor
{
    private string? _offered;
    private IActorRef _asker = ActorRefs.Nobody;

    public SnapshotActor(string persistenceId)
    {
        PersistenceId = persistenceId;
        Recover<SnapshotOffer>(offer => _offered = (string)offer.Snapshot);
        Recover<JournalEntry>(_ => { });
        Command<string>(text =>
        {
            _asker = Sender;
            Persist(new JournalEntry(new byte[] { 1 }), _ => SaveSnapshot(text));
        });
        Command<Ask>(_ => Sender.Tell(new Offered(_offered)));
        Command<SaveSnapshotSuccess>(saved => DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<DeleteSnapshotsSuccess>(_ => _asker.Tell(new Saved(LastSequenceNr)));
        Command<SaveSnapshotFailure>(failed => _asker.Tell(new Status.Failure(failed.Cause)));
        Command<DeleteSnapshotsFailure>(failed => _asker.Tell(new Status.Failure(failed.Cause)));
    }

    public override string PersistenceId { get; }

    internal sealed record Saved(long Seq);

    internal sealed record Offered(string? Text);

    internal sealed record Ask;
}
