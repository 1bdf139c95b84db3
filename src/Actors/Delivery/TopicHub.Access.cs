using Akka.Actor;
using QuikApp.Actors.Access;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Delivery;

// Who listens is asked about again when what lets them in may have changed: a removal here, in the workspace, in a thread's
// channel. Until the answer nothing is delivered to them, and whoever may stay gets it then: nothing leaks, nothing is lost.
internal sealed partial class TopicHub
{
    private static readonly TimeSpan RecheckPeriod = TimeSpan.FromSeconds(1);

    private readonly RecheckSlices _slices = new();

    /// <summary>Whether the conversation has answered nothing since it was last asked again.</summary>
    private bool _isSilent;
    private bool _hasAnswered;

    // The conversation may be on a node that hears of the change a moment later: it is asked once more then.
    private void OnAccessChanged(AccessChanged m)
    {
        CheckAgain(m);
        Timers.StartSingleTimer((nameof(Confirm), m.User), new Confirm(m), RecheckPeriod);
    }

    private void CheckAgain(AccessChanged m) => CheckAgain(s => m.User is null || s.Requester.User == m.User);

    private void CheckAgain(Func<ISubscriber, bool> concerned)
    {
        foreach (var subscriber in _subscribed.Keys.Where(concerned).ToList())
        {
            // An answer on its way is from before this change: it counts no more.
            var recheck = Pending(subscriber) is { } pending && _rechecking.Remove(pending, out var earlier)
                ? earlier
                : new Recheck(subscriber, _live.Remove(subscriber) ? Head + 1 : null);
            _rechecking.Add(++_correlations, recheck);
            if (!_isSilent)
                Ask(_correlations, subscriber);
        }

        AskAgainSoon();
    }

    // What nobody above this conversation decides (a user's own topic) does not change.
    private void CheckSome()
    {
        _slices.Next();
        if (!_authorities.IsEmpty)
            CheckAgain(s => _slices.Has(s.Requester.User));
    }

    // The question may be lost with a conversation that moves. While it answers nothing one question stands for all: what
    // thousands ask meanwhile would be kept on the way, again with each repetition, and answered when nobody waits any more.
    private void AskAgain()
    {
        foreach (var (correlation, joining) in _joining)
            EndIfLate(correlation, joining);
        (_isSilent, _hasAnswered) = (!_hasAnswered, false);
        AskPending(_isSilent ? 1 : int.MaxValue);
        AskAgainSoon();
        StopIfEmpty();
    }

    private void AskPending(int most)
    {
        foreach (var (correlation, recheck) in _rechecking.Take(most))
            Ask(correlation, recheck.Subscriber);
        foreach (var (correlation, joining) in _joining.Take(most - Math.Min(most, _rechecking.Count)))
            Ask(correlation, joining.Subscriber);
    }

    // Whoever joins waits no longer than for any other answer.
    private void EndIfLate(long correlation, Joining joining)
    {
        if (_services.Time.GetElapsedTime(joining.Since) < _services.Options.AnswerWithin)
            return;
        _joining.Remove(correlation);
        joining.Subscriber.Tell(new ToSession.Refused(Refusal.Unavailable));
    }

    /// <summary>The conversation has answered: what was held back is asked now.</summary>
    private void OnAnswered()
    {
        _hasAnswered = true;
        if (!_isSilent)
            return;
        _isSilent = false;
        AskPending(int.MaxValue);
    }

    private void AskAgainSoon()
    {
        if ((_rechecking.Count > 0 || _joining.Count > 0) && !Timers.IsTimerActive(nameof(RecheckNow)))
            Timers.StartSingleTimer(nameof(RecheckNow), RecheckNow.Instance, RecheckPeriod);
    }

    private void Ask(long correlation, ISubscriber subscriber) =>
        _conversations.Tell(new RequestAccess(_stream, subscriber.Requester, correlation, Self));

    private long? Pending(ISubscriber subscriber)
    {
        foreach (var (correlation, recheck) in _rechecking)
        {
            if (ReferenceEquals(recheck.Subscriber, subscriber))
                return correlation;
        }

        return null;
    }

    private void OnStillGranted(Recheck recheck, AccessGranted m)
    {
        Follow(Sender, m.Head);
        if (!_subscribed.ContainsKey(recheck.Subscriber))
            return;
        _subscribed[recheck.Subscriber] = m.Head;
        if (recheck.From is { } from)
            OnGoLive(new GoLive(recheck.Subscriber, from));
    }

    private void Expel(ISubscriber subscriber, Refusal why)
    {
        if (!_subscribed.Remove(subscriber))
            return;
        _live.Remove(subscriber);
        Attach(subscriber, attached: false);
        // What cannot be known at present is no removal: the client is told to join again, and is refused if it may not.
        subscriber.Tell(why.Reason == Reason.Unavailable ? new ToSession.Failed() : new ToSession.Removed());
        StopIfEmpty();
    }

    /// <summary>A subscriber who is being asked about.</summary>
    /// <param name="Subscriber">The subscriber.</param>
    /// <param name="From">The first number they have not got; null where they were not live yet.</param>
    private readonly record struct Recheck(ISubscriber Subscriber, long? From);

    private sealed record Confirm(AccessChanged What) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;

    private sealed class RecheckSome : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly RecheckSome Instance = new();
    }

    private sealed class RecheckNow : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly RecheckNow Instance = new();
    }
}
