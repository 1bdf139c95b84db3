using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;

namespace QuikApp.Simulation.Cluster;

// The sockets of a call and its timers. When a call waits, and for what, is the product's rule.
internal sealed partial class Owner
{
    private static readonly TimeSpan RingTimeout = TimeSpan.FromSeconds(30);
    private const long ReattachWithin = 15_000_000;

    private readonly Dictionary<string, Hub> _attached = [];

    public void Attach(Requester requester, bool isAttached, Hub hub)
    {
        if (_state is not CallState { IsOpen: true } call)
            return;
        if (isAttached)
        {
            Register(hub);
            // Whoever watches what is gone already hears so.
            if (!hub.IsThere)
                Node.After(2_000_000, () => HubGone(hub));
            _attached[requester.Session] = hub;
            _timers.Remove(requester.Session);
            if (requester.User == call.Info!.Caller && !call.CallerJoined)
                Ask(new ConversationCommand.AcceptCall(requester, Takeover: false));
        }
        else if (_attached.GetValueOrDefault(requester.Session) == hub)
        {
            Detach(call, requester.Session);
        }
    }

    /// <summary>The hub's node is gone, or the hub is.</summary>
    public void HubGone(Hub hub)
    {
        _hubs.Remove(hub);
        if (_state is not CallState call)
            return;
        foreach (var (session, _) in _attached.Where(attached => attached.Value == hub).ToList())
            Detach(call, session);
    }

    private void OnCallCommitted()
    {
        if (_state is not CallState call)
            return;
        foreach (var absent in CallDeadlines.Absent(call, _attached.ContainsKey).Where(p => !_timers.ContainsKey(p.Session)).OrderBy(p => p.Session, StringComparer.Ordinal))
            AwaitReattachment(absent);
        if (CallDeadlines.RingingEnds(call, RingTimeout) is not { } ends)
            _timers.Remove("ringing");
        else if (!_timers.ContainsKey("ringing"))
            After("ringing", Math.Max(0, ends - _world.Now), () => Ask(new ConversationCommand.EndRinging(Requester.OnBehalfOf(call.Info!.Caller))));
    }

    private void Detach(CallState call, string session)
    {
        _attached.Remove(session);
        if (call.Participants.Values.FirstOrDefault(p => p.Session == session) is { } participant)
            AwaitReattachment(participant);
    }

    private void AwaitReattachment(Participant participant) => After(participant.Session, ReattachWithin, () =>
    {
        if (!_attached.ContainsKey(participant.Session))
            Ask(new ConversationCommand.DropParticipant(Requester.OnBehalfOf(participant.User), participant.Session));
    });

    private void Ask(ConversationCommand command) => Execute(new Exec(command, 0, ReplyTo: null, Via: null));

    private HashSet<string> AttachedFor(List<Exec> commands) =>
        _world.Break == Break.TwoWinners && commands.Exists(m => m.Command is ConversationCommand.AcceptCall) ? [] : [.. _attached.Keys];

    // A socket that is there loses its part only to one that asks for it.
    private void CheckWinners(List<Exec> commands, BatchDecision decided)
    {
        var state = _state;
        foreach (var (m, (decision, _)) in commands.Zip(decided.Outcomes))
        {
            if (decision is not Decision.Accepted { Events: var events })
                continue;
            if (state is CallState call && m.Command is ConversationCommand.AcceptCall { Takeover: false } accept
                && call.Participants.TryGetValue(accept.By.User, out var there) && there.Session != accept.By.Session && _attached.ContainsKey(there.Session))
                throw new Violation("I13", $"{_stream}: {accept.By.Session} answered although {there.Session} is there");
            state = events.Aggregate(state, (s, e) => s.Apply(e));
        }
    }
}
