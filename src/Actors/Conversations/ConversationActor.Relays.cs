using System.Collections.Frozen;
using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

// What an event means for other conversations is told after the commit, in rounds: what is owed is sent, and the next round
// waits until each target has it, save those that take nothing at present. The database knows what is owed; a repeat is
// recognised by the target.
internal sealed partial class ConversationActor
{
    private static readonly TimeSpan RelayTick = TimeSpan.FromSeconds(1);

    private readonly RelayRounds _relays;
    private readonly List<HeldAnswer> _held = [];

    private void RelayCommands()
    {
        Command<RoundReady>(m => SendRound(m.Consequences));
        Command<RoundFailed>(OnRoundFailed);
        Command<RoundAgain>(_ => PrepareRound());
        Command<Executed>(OnRelayed);
        Command<RelayAgain>(_ => OnRelayAgain());
    }

    private void Owe(IReadOnlyCollection<NumberedEvent> events)
    {
        _relays.Owe(events);
        NextRound();
    }

    private void NextRound()
    {
        if (_relays.TryBegin(out _))
            PrepareRound();
    }

    private void PrepareRound()
    {
        var (state, round) = (_state, _relays.Round);
        FollowUp(state, round).PipeTo(Self, success: all => new RoundReady(all), failure: e => new RoundFailed(e));
    }

    private async Task<IReadOnlyList<(long Seq, Consequence Consequence)>> FollowUp(ConversationState state, IReadOnlyList<NumberedEvent> round)
    {
        var parent = state.Parent is { } channel ? (ChannelState)await _services.Replicas.Get(StreamId.Of(channel), _stopping.Token) : null;
        var roster = (state.Workspace ?? parent?.Workspace) is { } workspace
            ? (WorkspaceState)await _services.Replicas.Get(StreamId.Of(workspace), _stopping.Token)
            : null;
        var all = new List<(long Seq, Consequence Consequence)>();
        foreach (var e in round)
        {
            var before = Consequences.NeedMessage(e) ? await MessageBefore(e) : null;
            all.AddRange(Consequences.Of(state, e, new RelayFacts(roster, parent, before)).Select(consequence => (e.Seq, consequence)));
        }

        if (_services.Access.RechecksEvery is not null && roster is { Info: { } info })
            all = await ToThoseWhoBelong(all, info.Workspace, roster);
        return all;
    }

    // The workspace's list goes by who was seen there. Where somebody else decides who belongs, they are asked before anything
    // is told to anybody; whom they do not answer for is told nothing.
    private async Task<List<(long Seq, Consequence Consequence)>> ToThoseWhoBelong(
        List<(long Seq, Consequence Consequence)> all, WorkspaceId workspace, WorkspaceState roster)
    {
        var belong = await Task.WhenAll(all.Select(each => Belongs(each.Consequence, workspace, roster)));
        return [.. all.Where((_, i) => belong[i])];
    }

    private async Task<bool> Belongs(Consequence consequence, WorkspaceId workspace, WorkspaceState roster)
    {
        if (consequence.Command is not ConversationCommand.Record { Event: ConversationEvent.NotificationCreated or ConversationEvent.CallRang })
            return true;
        try
        {
            var who = new Requester(UserId.Parse(consequence.Target.Id), FrozenSet.Create(workspace), Role.Member);
            return (await _services.Access.StandingOf(who, workspace, roster, _stopping.Token)).IsMember;
        }
        catch (AccessUnknownException)
        {
            return false;
        }
    }

    private async Task<MessageView?> MessageBefore(NumberedEvent e)
    {
        var id = e.Event.Message!.Value;
        var found = await _services.Store.FindMessages(_stream, [id.Value], _stopping.Token);
        if (!found.TryGetValue(id.Value, out var seq))
            return null;
        var views = await _services.Reader.Views(_stream, [seq], e.Seq - 1, _stopping.Token);
        return views.Count > 0 ? views[0] : null;
    }

    private void SendRound(IReadOnlyList<(long Seq, Consequence Consequence)> consequences)
    {
        var done = _relays.Send(consequences);
        if (!_relays.IsQuiet)
            TickSoon();
        OnDone(done);
    }

    private void SendConsequence(long number, Consequence consequence) =>
        _services.Conversations.Tell(new Execute(consequence.Target, consequence.Command, number, Self, Via: null), Self);

    private void OnRelayed(Executed m)
    {
        if (m.Refusal == Refusal.Unavailable || m.Refusal?.Reason == Reason.RateLimited)
        {
            _relays.Postpone(m.Correlation);
            NextRound();
            return;
        }

        // A definite no is an answer too: there is no such workspace, or the call is over.
        if (m.Refusal is not null)
            _log.Debug("A consequence of {Stream} is not taken where it is told: {Reason}", _stream, m.Refusal.Reason);
        OnDone(_relays.Acknowledge(m.Correlation));
    }

    private void OnRelayAgain()
    {
        _relays.Tick();
        RefuseHeldTooLong();
        if (!_relays.IsQuiet || _held.Count > 0)
            TickSoon();
        NextRound();
    }

    private void TickSoon()
    {
        if (!Timers.IsTimerActive(nameof(RelayAgain)))
            Timers.StartSingleTimer(nameof(RelayAgain), RelayAgain.Instance, RelayTick);
    }

    private void OnDone(IReadOnlyList<long> done)
    {
        if (done.Count > 0)
        {
            Settle(done);
            AnswerHeld(held => !_relays.Owes(held.Awaits), held => held.Answer);
        }

        NextRound();
    }

    private void OnRoundFailed(RoundFailed m)
    {
        _log.Warning(m.Cause, "{Stream} could not look up what follows from its events; tried again", _stream);
        Timers.StartSingleTimer(nameof(RoundAgain), RoundAgain.Instance, RelayTick);
    }

    private void Settle(IReadOnlyList<long> done)
    {
        if (_relays.Settled(_state, done) is { Count: > 0 } settled)
            _services.Settlement.Tell(new RelaySettlement.Settled(_stream, settled), Self);
    }

    // Whoever goes to the other conversation next must find there what follows from this one; also who asked for what was
    // there already, because it may have begun a moment ago.
    private void HoldForRelays(Batch batch)
    {
        for (var i = batch.Answers.Count - 1; i >= 0; i--)
        {
            var (command, answer, owed) = batch.Answers[i];
            if (!command.Command.AwaitsRelays || answer.Receipt is not { } receipt)
                continue;
            HashSet<long> awaits = [receipt.Seq, .. owed];
            if (!_relays.Owes(awaits))
                continue;
            batch.Answers.RemoveAt(i);
            _held.Add(new HeldAnswer(command, answer, awaits, _services.Time.GetTimestamp()));
            TickSoon();
        }
    }

    // It is journaled, and what follows will be done; that it is not done yet is all that can be said.
    private void RefuseHeldTooLong() => AnswerHeld(
        held => _services.Time.GetElapsedTime(held.Since) >= _services.Options.AnswerWithin,
        held => Refused(held.Command, Refusal.Unavailable));

    private void RefuseHeld() => AnswerHeld(_ => true, held => Refused(held.Command, Refusal.Unavailable));

    private void AnswerHeld(Func<HeldAnswer, bool> isDue, Func<HeldAnswer, Executed> answer)
    {
        foreach (var held in _held.Where(isDue).ToList())
        {
            _held.Remove(held);
            Reply(held.Command, answer(held));
        }
    }

    private sealed record HeldAnswer(Execute Command, Executed Answer, HashSet<long> Awaits, long Since);

    private sealed record RoundReady(IReadOnlyList<(long Seq, Consequence Consequence)> Consequences) : INoSerializationVerificationNeeded;

    private sealed record RoundFailed(Exception Cause) : INoSerializationVerificationNeeded;

    private sealed class RoundAgain : INoSerializationVerificationNeeded
    {
        public static readonly RoundAgain Instance = new();
    }

    private sealed class RelayAgain : INoSerializationVerificationNeeded
    {
        public static readonly RelayAgain Instance = new();
    }
}
