using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Simulation.Cluster;

namespace QuikApp.Simulation.Clients;

// What people do: each thing is repeated, under its key where it has one, until it is answered for good.
internal sealed partial class Client
{
    private const long PatienceForAnAnswer = 7_000_000;

    private readonly HashSet<CallId> _calls = [];
    private readonly HashSet<StreamId> _answered = [];

    public void Send(Sending sending) => Until(
        sending.Stream,
        by => new ConversationCommand.Send(by, world.NewMessageId(), sending.Content, [], [.. sending.Mentions], sending.ClientId),
        answer =>
        {
            if (sending.Ended < 0)
                sending.Ended = world.Scheduler.Now;
            if (answer.Receipt is { } receipt)
                sending.Acks.Add(receipt);
            else
                sending.Refused = answer.Refusal;
            world.Trace?.Invoke($"{name} hears of {sending.ClientId}: {answer.Receipt?.Seq.ToString(null, null) ?? answer.Refusal!.Reason.ToString()}");
        },
        began: () =>
        {
            if (sending.Began < 0)
                sending.Began = world.Scheduler.Now;
        });

    /// <summary>Sends something else under the key of a message that was acknowledged.</summary>
    public void SendOther(Sending sending) => Until(
        sending.Stream,
        by => new ConversationCommand.Send(by, world.NewMessageId(), $"not {sending.Content}", [], [], sending.ClientId),
        answer => sending.OtherBodies.Add((object?)answer.Receipt ?? answer.Refusal!));

    public void React(MessageId message, bool add) => Until(
        world.Channel, by => new ConversationCommand.React(by, message, "👍", add), _ => { });

    public void Edit(MessageId message, string content, IReadOnlyList<UserId> mentions) => Until(
        world.Channel, by => new ConversationCommand.Edit(by, message, content, [.. mentions]), _ => { });

    public void Delete(MessageId message) => Until(world.Channel, by => new ConversationCommand.Delete(by, message), _ => { });

    /// <summary>Opens a thread, and replies in it.</summary>
    public void Reply(MessageId message, ThreadId thread, Action<StreamId> opened) => Until(
        world.Channel,
        by => new ConversationCommand.OpenThread(by, message, thread),
        answer =>
        {
            if (answer.Receipt?.Thread is not { } there)
                return;
            Open(new Topic(TopicKind.Thread, there.Value));
            opened(StreamId.Of(there));
        });

    public void Call(CallId call) => Until(
        world.Channel,
        by => new ConversationCommand.StartCall(by, call, CallMedia.Audio),
        answer =>
        {
            if (answer.Receipt?.Call is { } there)
                Attend(there);
        });

    /// <summary>Hangs up whatever it answered.</summary>
    public void HangUp()
    {
        foreach (var call in _answered)
            End(call);
    }

    /// <summary>Hangs up wherever all are there who take part: nobody talks for ever, and a call that somebody is gone from ends without us.</summary>
    public void HangUpAll()
    {
        foreach (var call in _calls.Select(StreamId.Of))
        {
            if (world.Journal.State(call) is CallState state && state.Participants.Values.All(p => world.IsLive(p.Session)))
                End(call);
        }
    }

    private void End(StreamId call) => Until(call, by => new ConversationCommand.EndCall(by), _ => { });

    // An app that was closed knows nothing of its calls afterwards: they have to end without it.
    private void ForgetCalls()
    {
        if (world.Random.Chance(500))
            return;
        foreach (var call in _calls)
            _topics.Remove(StreamId.Of(call));
        _calls.Clear();
        _answered.Clear();
    }

    // A call that is seen in the channel is joined by some, answered by most of these.
    private void OnNews(NumberedEvent e)
    {
        if (e.Event is ConversationEvent.CallStarted { Call: var call } && e.Stream == world.Channel && world.Random.Chance(700))
            Attend(call);
    }

    private void Attend(CallId call)
    {
        if (_calls.Add(call))
            Open(new Topic(TopicKind.Call, call.Value));
    }

    private void OnTopic(TopicView view)
    {
        if (view.Topic.Kind != TopicKind.Call)
            return;
        var roll = world.Random.Below(10);
        if (roll < 6)
        {
            _answered.Add(view.Stream);
            Until(view.Stream, by => new ConversationCommand.AcceptCall(by, Takeover: roll == 0), _ => { });
        }
        else if (roll < 8)
            Until(view.Stream, by => new ConversationCommand.DeclineCall(by), _ => { });
        if (world.Random.Chance(300))
            world.Scheduler.After(world.Random.Between(1_000_000, 12_000_000), HangUp);
    }

    private void Until(StreamId stream, Func<Requester, ConversationCommand> command, Action<Answer> ended, Action? began = null, int attempt = 0)
    {
        if (attempt > 60 || !_topics.ContainsKey(stream))
            return;
        if (Connection is not { } connection || _topics.GetValueOrDefault(stream)?.Subscription is null)
        {
            Again(500_000);
            return;
        }

        began?.Invoke();
        var isAnswered = false;
        connection.ToServer(() => connection.Push(stream, command(connection.Requester), answer => connection.ToClient(_ =>
        {
            if (isAnswered)
                return;
            isAnswered = true;
            if (answer.Refusal == Refusal.Unavailable)
                Again(world.Random.Between(200_000, 1_500_000));
            else
                ended(answer);
        })));
        world.Scheduler.After(PatienceForAnAnswer, () =>
        {
            if (isAnswered)
                return;
            isAnswered = true;
            Again(1);
        });

        void Again(long delay) => world.Scheduler.After(delay, () => Until(stream, command, ended, began, attempt + 1));
    }
}
