using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Relays;

/// <summary>What is done is settled, and only that.</summary>
public sealed class RelayRoundsTests
{
    private readonly List<long> _sent = [];
    private readonly RelayRounds _rounds;

    public RelayRoundsTests() => _rounds = new RelayRounds((number, _) => _sent.Add(number));

    [Fact]
    public void Send_NothingFollows_IsDoneAtOnce()
    {
        _rounds.Owe([Event(1), Event(2)]);
        Assert.True(_rounds.TryBegin(out var round));

        Assert.Equal([1L, 2], round.Select(e => e.Seq));
        Assert.Equal([2], _rounds.Send([(1, To("bob"))]));
        Assert.True(_rounds.Owes([1]));
        Assert.False(_rounds.Owes([2]));
    }

    [Fact]
    public void TryBegin_WhileATargetIsAwaited_Waits()
    {
        _rounds.Owe([Event(1)]);
        _rounds.TryBegin(out _);
        _rounds.Owe([Event(2)]);
        Assert.False(_rounds.TryBegin(out _));
        _rounds.Send([(1, To("bob")), (1, To("carol"))]);
        Assert.False(_rounds.TryBegin(out _));

        Assert.Empty(_rounds.Acknowledge(_sent[0]));
        Assert.Empty(_rounds.Acknowledge(_sent[0]));
        Assert.Equal([1], _rounds.Acknowledge(_sent[1]));

        Assert.True(_rounds.TryBegin(out _));
    }

    [Fact]
    public void Settled_OfAnOpenCall_KeepsItsBeginning()
    {
        var call = CallState.Empty(StreamId.Of(CallId.Parse("c1"))) with
        {
            Info = new CallInfo(CallId.Parse("c1"), Given.General, CallMedia.Audio, UserId.Parse("ada"), "Ada", [], 0),
        };

        Assert.Equal([2], _rounds.Settled(call, [1, 2]));
        Assert.Equal([3, 1], _rounds.Settled(call with { Phase = CallPhase.Ended }, [3]));
        Assert.Equal([1, 3], _rounds.Settled(call with { Phase = CallPhase.Ended }, [1, 3]));
    }

    private static NumberedEvent Event(long seq) =>
        new(Given.Stream, seq, seq, UserId.Parse("ada"), new ConversationEvent.MessageDeleted(MessageId.Parse("m1")));

    private static Consequence To(string user) => new(
        StreamId.Of(UserId.Parse(user)), new ConversationCommand.Record(Requester.Server, "1", new ConversationEvent.ChannelLeft(Given.General)));
}
