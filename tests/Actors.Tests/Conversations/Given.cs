using System.Collections.Frozen;
using System.Collections.Immutable;
using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>People, places and a model of history for the tests of the rules.</summary>
internal static class Given
{
    public static readonly WorkspaceId Demo = WorkspaceId.Parse("demo");
    public static readonly ChannelId General = ChannelId.Parse("general");
    public static readonly StreamId Stream = StreamId.Of(General);

    public static Requester Member(string name, Role role = Role.Member) =>
        new(UserId.Parse(name), FrozenSet.ToFrozenSet([Demo]), role);

    public static Requester Stranger(string name, Role role = Role.Member) =>
        new(UserId.Parse(name), FrozenSet<WorkspaceId>.Empty, role);

    /// <summary>The same person with a token for a workspace.</summary>
    public static Requester In(this Requester who, WorkspaceId workspace) => who with { Workspaces = FrozenSet.ToFrozenSet([workspace]) };

    public static ConversationCommand.Create Create(Requester by, ChannelVisibility visibility = ChannelVisibility.Public) =>
        new(by, General, Demo, "General", visibility);

    public static ConversationCommand.Send Send(Requester by, string id, string content = "hello", string? clientId = null) =>
        new(by, MessageId.Parse(id), content, [], [], clientId);
}

/// <summary>A conversation in memory: the rules, the fold, and facts looked up in the events so far.</summary>
internal sealed class Conversation : IConversationFacts
{
    private readonly Dictionary<MessageId, MessageView> _messages = [];
    private readonly Dictionary<(UserId, string), (Receipt Receipt, string Content)> _sends = [];

    public ChannelState State { get; private set; } = ChannelState.Empty(Given.Stream);

    /// <summary>The workspace, as its journal has it.</summary>
    public WorkspaceState Roster { get; set; } = WorkspaceState.Empty(StreamId.Of(Given.Demo));

    public List<NumberedEvent> Events { get; } = [];

    public long Now { get; set; } = 1_790_000_000_000_000;

    public static Conversation Of(params ConversationCommand[] commands)
    {
        var conversation = new Conversation();
        foreach (var command in commands)
            Assert.IsNotType<Decision.Refused>(conversation.Do(command));
        return conversation;
    }

    public MessageView? Message(MessageId id) => _messages.GetValueOrDefault(id);

    public EarlierSend? Earlier(ConversationCommand command) =>
        command is ConversationCommand.Send { ClientId: { } key } send && _sends.TryGetValue((send.By.User, key), out var earlier)
            ? new EarlierSend(earlier.Receipt, earlier.Content == send.Content)
            : null;

    public AccessFacts Access(Requester who) => new(AccessRules.ByClaims(who, Given.Demo, Roster));

    public ReadFacts Unread(ConversationCommand.MarkRead command) => throw new NotSupportedException();

    public bool IsAttached(string session) => throw new NotSupportedException();

    public Decision Do(ConversationCommand command)
    {
        var decision = ConversationRules.Decide(State, this, command, Now);
        if (decision is not Decision.Accepted accepted)
            return decision;

        foreach (var e in accepted.Events)
        {
            State = (ChannelState)State.Apply(e);
            Events.Add(e);
            if (e.Event is ConversationEvent.MessageCreated created)
                _messages[created.Id] = MessageView.Create(e);
            else if (e.Event.Message is { } id)
                _messages[id] = _messages[id].Apply(e);
        }

        if (command is ConversationCommand.Send { ClientId: { } clientId } send)
            _sends[(send.By.User, clientId)] = (accepted.Receipt, send.Content);
        return decision;
    }
}
