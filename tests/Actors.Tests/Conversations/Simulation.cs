using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A conversation of any kind in memory: the rules, the fold, and facts looked up in the events so far.</summary>
internal class Simulation(StreamId stream) : IConversationFacts
{
    private readonly Dictionary<MessageId, MessageView> _messages = [];
    private readonly Dictionary<string, (Receipt Receipt, string Content)> _done = [];

    public ConversationState State { get; private set; } = ConversationState.Empty(stream);

    /// <summary>The workspace, as its journal has it.</summary>
    public WorkspaceState? Roster { get; set; } = WorkspaceState.Empty(StreamId.Of(Given.Demo));

    /// <summary>The channel whose rights count, for threads and calls.</summary>
    public ChannelState? Parent { get; init; }

    /// <summary>What there is to read, for marks.</summary>
    public ReadFacts Reads { get; set; }

    /// <summary>The sockets that are there.</summary>
    public HashSet<string> Attached { get; } = [];

    public List<NumberedEvent> Events { get; } = [];

    public long Now { get; set; } = 1_790_000_000_000_000;

    public MessageView? Message(MessageId id) => _messages.GetValueOrDefault(id);

    public EarlierSend? Earlier(ConversationCommand command) =>
        command.Key is { } key && _done.TryGetValue(key, out var earlier) ? new EarlierSend(earlier.Receipt, earlier.Content == Body(command)) : null;

    public AccessFacts Access(Requester who) => new(AccessRules.ByClaims(who, Given.Demo, State as WorkspaceState ?? Roster!), Parent);

    public ReadFacts Unread(ConversationCommand.MarkRead command) => Reads;

    public bool IsAttached(string session) => Attached.Contains(session);

    public Decision Do(ConversationCommand command)
    {
        var decision = ConversationRules.Decide(State, this, command, Now);
        if (decision is not Decision.Accepted accepted)
            return decision;

        foreach (var e in accepted.Events)
        {
            State = State.Apply(e);
            Events.Add(e);
            if (e.Event is ConversationEvent.MessageCreated created)
                _messages[created.Id] = MessageView.Create(e);
            else if (e.Event.Message is { } id && _messages.TryGetValue(id, out var message))
                _messages[id] = message.Apply(e);
        }

        if (command is ConversationCommand.MarkRead mark)
            Reads = Reads with { Marked = mark.UpTo };
        if (command.Key is { } key)
            _done[key] = (accepted.Receipt, Body(command));
        return decision;
    }

    /// <summary>Does what must not be refused.</summary>
    public Receipt Must(ConversationCommand command) => Do(command) switch
    {
        Decision.Accepted a => a.Receipt,
        Decision.AlreadyDone a => a.Receipt,
        var refused => throw new InvalidOperationException($"{command} was {refused}"),
    };

    /// <summary>The events of a command that must be journaled.</summary>
    public ConversationEvent[] Journals(ConversationCommand command) =>
        [.. Assert.IsType<Decision.Accepted>(Do(command)).Events.Select(e => e.Event)];

    /// <summary>Does what must be refused, without a trace.</summary>
    public void Refuses(Refusal why, ConversationCommand command)
    {
        var before = Events.Count;
        Assert.Equal(why, Assert.IsType<Decision.Refused>(Do(command)).Why);
        Assert.Equal(before, Events.Count);
    }

    /// <summary>Does what holds already.</summary>
    public Receipt Repeats(ConversationCommand command) => Assert.IsType<Decision.AlreadyDone>(Do(command)).Receipt;

    private static string Body(ConversationCommand command) => command is ConversationCommand.Send send ? send.Content : "";
}
