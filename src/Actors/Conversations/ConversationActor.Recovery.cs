using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

// Recovery reads headers alone: it checks the chain and keeps the few records whose bodies the state needs. Those are
// opened afterwards, because their keys come from the key store, and commands wait meanwhile.
internal sealed partial class ConversationActor
{
    private readonly List<JournalRecord> _unopened = [];
    private string? _damage;

    private void OnSnapshot(SnapshotOffer offer)
    {
        var snapshot = (ConversationSnapshot)offer.Snapshot;
        // The seal says that we wrote it, not that it is this row's.
        if (snapshot.State.Stream != _stream || snapshot.Head.Seq != offer.Metadata.SequenceNr)
        {
            _damage = $"{_stream} {offer.Metadata.SequenceNr}: the snapshot is that of {snapshot.State.Stream} at {snapshot.Head.Seq}";
            return;
        }

        (_state, _head) = (snapshot.State, snapshot.Head);
        _snapshotSeq = _state.Seq;
    }

    private void OnReplayed(JournalEntry entry)
    {
        if (_damage is not null)
            return;

        if (ChainVerifier.Check(_stream, _head, entry.Record, out var record) is { } violation)
        {
            _damage = violation.ToString();
            return;
        }

        _head = ChainHead.After(record!);
        if (_state.IsShapedBy(record!.Header.Type))
            _unopened.Add(record);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        // A row of another manifest or serializer never gets as far as the chain. The base class stops the actor.
        if (reason is SerializationException)
            _log.Error(reason, "{Stream} is damaged and serves nothing: {Damage}", _stream, $"{_stream} seq {_head.Seq + 1}: {reason.Message}");
        else
            base.OnRecoveryFailure(reason, message);
    }

    private void OnRecovered()
    {
        if (_damage is null && LastSequenceNr != _head.Seq)
            _damage = $"{_stream}: the journal ends at {LastSequenceNr}, its records at {_head.Seq}";
        if (_damage is not null)
        {
            RefuseToServe(_damage);
            return;
        }

        // A stream without events owes nothing: an id that somebody made up costs no more reads.
        if (_head.Seq == 0)
            Open([], []);
        else
            Read().PipeTo(Self, success: read => read, failure: e => new OpeningFailed(e));
    }

    private async Task<Opened> Read()
    {
        var events = _unopened.Count == 0 ? [] : await _services.Reader.Decode(_stream, _unopened, _stopping.Token);
        var owed = await _services.Relays.Owed(_stream, _stopping.Token);
        var relays = owed.Count == 0
            ? []
            : await _services.Reader.Decode(_stream, await _services.Store.ReadRecords(_stream, owed, _stopping.Token), _stopping.Token);
        return new Opened(events, relays);
    }

    private void Opening()
    {
        Command<Opened>(m => Open(m.Events, m.Owed));
        Command<OpeningFailed>(OnOpeningFailed);
        Command<Stop>(_ =>
        {
            Refuse();
            Self.Tell(Stop.Instance);
        });
        CommandAny(_ => Stash.Stash());
    }

    private void Open(IReadOnlyList<NumberedEvent> events, IReadOnlyList<NumberedEvent> owed)
    {
        _state = _state.CatchUp(events, _head.Seq, _head.Iat);
        _unopened.Clear();
        Become(Ready);
        Stash.UnstashAll();
        Owe(owed);
        OnCallOpened();
    }

    private void OnOpeningFailed(OpeningFailed m)
    {
        if (m.Cause is JournalFormatException damage)
        {
            RefuseToServe(damage.Message);
            return;
        }

        // The key store did not answer. Passivation lets no message fall between this incarnation and the next.
        _log.Warning(m.Cause, "{Stream} could not be opened", _stream);
        Refuse();
        Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(Stop.Instance));
    }

    // A damaged stream is named once and serves nothing; every other conversation goes on.
    private void RefuseToServe(string damage)
    {
        _log.Error("{Stream} is damaged and serves nothing: {Damage}", _stream, damage);
        Refuse();
    }

    private void Refuse()
    {
        Become(() =>
        {
            Command<Execute>(m => Reply(m, Refused(m, Refusal.Unavailable)));
            Command<Signal>(m => m.ReplyTo.Tell(new Executed(m.Correlation, null, Refusal.Unavailable), Self));
            Command<CheckAccess>(m => m.ReplyTo.Tell(new AccessRefused(m.Correlation, Refusal.Unavailable), Self));
            Command<RequestAccess>(m => m.Hub.Tell(new AccessRefused(m.Correlation, Refusal.Unavailable), Self));
            Command<Stop>(_ => Context.Stop(Self));
            CommandAny(_ => { });
        });
        Stash.UnstashAll();
    }

    private sealed record Opened(IReadOnlyList<NumberedEvent> Events, IReadOnlyList<NumberedEvent> Owed) : INoSerializationVerificationNeeded;

    private sealed record OpeningFailed(Exception Cause) : INoSerializationVerificationNeeded;
}
