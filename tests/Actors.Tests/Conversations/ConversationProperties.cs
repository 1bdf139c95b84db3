using CsCheck;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>What holds for every interleaving of commands.</summary>
public sealed class ConversationProperties
{
    private static readonly Gen<Requester> Who = OneOf(
        Given.Member("alice"), Given.Member("bob"), Given.Member("mona", Role.Moderator), Given.Stranger("eve"), Requester.Server);

    private static readonly Gen<string> Text = OneOf("a", "b");

    private static readonly Gen<MessageId> Id = Gen.Int[0, 5].Select(i => MessageId.Parse($"m{i}"));

    private static readonly Gen<ConversationCommand> Command = Gen.Frequency(
        (1, Gen.Select(Who, Gen.Bool, (by, open) => (ConversationCommand)Given.Create(by, open ? ChannelVisibility.Public : ChannelVisibility.Private))),
        (2, Gen.Select(Who, Who, (by, user) => (ConversationCommand)new ConversationCommand.AddMember(by, user.User))),
        (1, Gen.Select(Who, Who, (by, user) => (ConversationCommand)new ConversationCommand.RemoveMember(by, user.User))),
        (6, Gen.Select(Who, Gen.Int[0, 3], Text, (by, key, text) => (ConversationCommand)new ConversationCommand.Send(by, default, text, [], [], key == 0 ? null : $"k{key}"))),
        (2, Gen.Select(Who, Id, Text, (by, id, text) => (ConversationCommand)new ConversationCommand.Edit(by, id, text, null))),
        (1, Gen.Select(Who, Id, (by, id) => (ConversationCommand)new ConversationCommand.Delete(by, id))),
        (3, Gen.Select(Who, Id, Text, Gen.Bool, (by, id, text, add) => (ConversationCommand)new ConversationCommand.React(by, id, text, add))));

    [Fact]
    public void Decide_AnyInterleaving_NumbersDenselyAndRefusesWithoutTrace() => Command.Array[0, 60].Sample(commands =>
    {
        var conversation = Run(commands, (conversation, command, before, decision) =>
        {
            if (decision is not Decision.Accepted)
                Assert.Equal(before, conversation.State.Seq);
        });

        Assert.Equal(Enumerable.Range(1, conversation.Events.Count).Select(i => (long)i), conversation.Events.Select(e => e.Seq));
        Assert.Equal(conversation.Events.Count, conversation.State.Seq);
        Assert.True(conversation.Events.Zip(conversation.Events.Skip(1)).All(pair => pair.Item1.At < pair.Item2.At));
    });

    [Fact]
    public void Decide_SendRepeatedAtAnyLaterTime_IsAcknowledgedOnceAndAlike() => Command.Array[0, 60].Sample(commands =>
    {
        var receipts = new Dictionary<(UserId, string, string), Receipt>();
        Run(commands, (_, command, _, decision) =>
        {
            if (command is not ConversationCommand.Send { ClientId: { } key } send)
                return;
            var receipt = decision switch
            {
                Decision.Accepted a => a.Receipt,
                Decision.AlreadyDone a => a.Receipt,
                _ => null,
            };
            if (receipt is not null)
                Assert.Equal(receipt, receipts.TryAdd((send.By.User, key, send.Content), receipt) ? receipt : receipts[(send.By.User, key, send.Content)]);
        });
    });

    [Fact]
    public void Apply_FromASnapshotAndTheTail_GivesTheStateOfAllEvents() => Gen.Select(Command.Array[0, 60], Gen.Int[0, 60]).Sample((commands, cut) =>
    {
        var conversation = Run(commands, (_, _, _, _) => { });
        var at = Math.Min(cut, conversation.Events.Count);
        var snapshot = Fold(ConversationState.Empty(Given.Stream), conversation.Events[..at]);

        AssertSame(conversation.State, Fold(snapshot, conversation.Events[at..]));
    });

    [Fact]
    public void Apply_OverHeadersOfMessagesAlone_GivesTheSameState() => Command.Array[0, 60].Sample(commands =>
    {
        var conversation = Run(commands, (_, _, _, _) => { });
        var state = ConversationState.Empty(Given.Stream);
        foreach (var e in conversation.Events.Where(e => e.Event.Message is null))
            state = state.AdvanceTo(e.Seq - 1, e.At - 1).Apply(e);

        AssertSame(conversation.State, state.AdvanceTo(conversation.State.Seq, conversation.State.At));
    });

    private static Conversation Run(ConversationCommand[] commands, Action<Conversation, ConversationCommand, long, Decision> check)
    {
        var conversation = new Conversation();
        var sent = 0;
        foreach (var command in commands)
        {
            var next = command is ConversationCommand.Send send ? send with { Id = MessageId.Parse($"m{sent++}") } : command;
            var before = conversation.State.Seq;
            check(conversation, next, before, conversation.Do(next));
        }

        return conversation;
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static ConversationState Fold(ConversationState state, IEnumerable<NumberedEvent> events) =>
        events.Aggregate(state, (s, e) => s.Apply(e));

    private static void AssertSame(ConversationState expected, ConversationState actual)
    {
        var (one, other) = (Assert.IsType<ChannelState>(expected), Assert.IsType<ChannelState>(actual));
        Assert.Equal(one with { Members = [] }, other with { Members = [] });
        Assert.True(one.Members.SetEquals(other.Members));
    }
}
