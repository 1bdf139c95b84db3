using System.Collections.Immutable;
using Akka.Actor;
using QuikApp.Actors.Calls;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

// What a call needs beyond its journal: which sockets are there, the time it may ring, and signals. Nothing of it is
// journaled; after a restart the ringing goes on from the journaled beginning, and sockets have their time to come back.
internal sealed partial class ConversationActor
{
    private readonly Dictionary<string, IActorRef> _attached = [];

    private IReadOnlySet<string> AttachedSessions => _state is CallState ? _attached.Keys.ToHashSet() : ImmutableHashSet<string>.Empty;

    private void CallCommands()
    {
        Command<Attach>(OnAttach);
        Command<Signal>(OnSignal);
        Command<RingingOver>(_ => Ask(new ConversationCommand.EndRinging(Requester.OnBehalfOf(((CallState)_state).Info!.Caller))));
        Command<ReattachOver>(OnReattachOver);
    }

    private void OnCallOpened()
    {
        if (_state is CallState { IsOpen: true })
            OnCallCommitted();
    }

    // The ringing is over at the same moment whenever and wherever the call is loaded.
    private void OnCallCommitted()
    {
        if (_state is not CallState call)
            return;
        // A socket may go while its answer is being written; after a restart none is there yet.
        foreach (var absent in CallDeadlines.Absent(call, _attached.ContainsKey).Where(p => !Timers.IsTimerActive(p.Session)))
            AwaitReattachment(absent);
        if (CallDeadlines.RingingEnds(call, _services.Options.RingTimeout) is not { } ends)
        {
            Timers.Cancel(nameof(RingingOver));
        }
        else if (!Timers.IsTimerActive(nameof(RingingOver)))
        {
            var left = TimeSpan.FromMicroseconds(Math.Max(0, ends - _services.NowMicros()));
            Timers.StartSingleTimer(nameof(RingingOver), RingingOver.Instance, left);
        }
    }

    private void OnAttach(Attach m)
    {
        if (_state is not CallState { IsOpen: true } call)
            return;
        var session = m.Requester.Session;
        if (m.Attached)
        {
            // Watched, or a notice that outlived its node would hold the call open.
            Register(m.Hub);
            _attached[session] = m.Hub;
            Timers.Cancel(session);
            // The caller's first socket takes part: it is the one that began the call.
            if (m.Requester.User == call.Info!.Caller && !call.CallerJoined)
                Ask(new ConversationCommand.AcceptCall(m.Requester, Takeover: false));
        }
        else if (_attached.TryGetValue(session, out var hub) && hub.Equals(m.Hub))
        {
            Detach(call, session);
        }
    }

    private void OnHubGone(IActorRef hub)
    {
        if (_state is not CallState call)
            return;
        foreach (var (session, _) in _attached.Where(attached => attached.Value.Equals(hub)).ToList())
            Detach(call, session);
    }

    private void Detach(CallState call, string session)
    {
        _attached.Remove(session);
        if (call.Participants.Values.FirstOrDefault(p => p.Session == session) is { } participant)
            AwaitReattachment(participant);
    }

    private void AwaitReattachment(Participant participant) =>
        Timers.StartSingleTimer(participant.Session, new ReattachOver(participant), _services.Options.ReattachWithin);

    private void OnReattachOver(ReattachOver m)
    {
        if (!_attached.ContainsKey(m.Participant.Session))
            Ask(new ConversationCommand.DropParticipant(Requester.OnBehalfOf(m.Participant.User), m.Participant.Session));
    }

    private void Ask(ConversationCommand command) => Self.Tell(new Execute(_stream, command, 0, ActorRefs.Nobody, Via: null), Self);

    private void OnSignal(Signal m)
    {
        var answer = Relay(m) is { } refusal
            ? new Executed(m.Correlation, null, refusal)
            : new Executed(m.Correlation, new Receipt(_state.Seq, _state.At), null);
        if (m.Via is not null && _hubs.Contains(m.Via))
            m.Via.Tell(new Published([], [new Answer(m.ReplyTo, answer)]), Self);
        else
            m.ReplyTo.Tell(answer, Self);
    }

    private Refusal? Relay(Signal m)
    {
        if (_state is not CallState { Exists: true } call)
            return Refusal.Unauthorized;
        if (call.Phase == CallPhase.Ended)
            return Refusal.CallEnded;
        if (!call.Participants.TryGetValue(m.Requester.User, out var sender) || sender.Session != m.Requester.Session)
            return Refusal.Forbidden;
        if (m.What.To is { } to && !call.Participants.ContainsKey(to))
            return Refusal.NotFound;

        var sessions = call.Participants.Values
            .Where(p => p.User != m.Requester.User && (m.What.To is null || p.User == m.What.To))
            .Select(p => p.Session)
            .ToImmutableArray();
        foreach (var hub in _hubs.Current())
            hub.Tell(new SignalRelayed(m.Requester.User, m.What, sessions), Self);
        return null;
    }

    private sealed record ReattachOver(Participant Participant) : INoSerializationVerificationNeeded;

    private sealed class RingingOver : INoSerializationVerificationNeeded
    {
        public static readonly RingingOver Instance = new();
    }
}
