using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Tests.Conversations;

public sealed class ConversationRulesTests
{
    private static readonly Requester Alice = Given.Member("alice");
    private static readonly Requester Bob = Given.Member("bob");
    private static readonly Requester Moderator = Given.Member("mona", Role.Moderator);
    private static readonly MessageId M1 = MessageId.Parse("m1");

    [Fact]
    public void Decide_AnythingBeforeCreation_IsUnauthorized()
    {
        var conversation = new Conversation();

        AssertRefused(Refusal.Unauthorized, conversation.Do(Given.Send(Alice, "m1")));
        AssertRefused(Refusal.Unauthorized, conversation.Do(new ConversationCommand.AddMember(Moderator, Bob.User)));
        Assert.Empty(conversation.Events);
    }

    [Fact]
    public void Create_InAnotherWorkspace_IsUnauthorized() =>
        AssertRefused(Refusal.Unauthorized, new Conversation().Do(Given.Create(Given.Stranger("eve", Role.Admin))));

    [Fact]
    public void Create_Again_IsARepeat_AndWithOtherDataForbidden()
    {
        var conversation = Conversation.Of(Given.Create(Alice));

        Assert.IsType<Decision.AlreadyDone>(conversation.Do(Given.Create(Bob)));
        AssertRefused(Refusal.Forbidden, conversation.Do(Given.Create(Alice, ChannelVisibility.Private)));
        Assert.Single(conversation.Events);
    }

    [Fact]
    public void Create_Private_MakesTheCreatorAMember()
    {
        var conversation = Conversation.Of(Given.Create(Alice, ChannelVisibility.Private));

        Assert.True(conversation.State.Admits(Alice, conversation.Access(Alice)));
        Assert.False(conversation.State.Admits(Bob, conversation.Access(Bob)));
    }

    [Fact]
    public void Send_InAPublicChannel_NeedsTheWorkspace()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server));

        Assert.IsType<Decision.Accepted>(conversation.Do(Given.Send(Bob, "m1")));
        AssertRefused(Refusal.Unauthorized, conversation.Do(Given.Send(Given.Stranger("eve"), "m2")));
    }

    [Fact]
    public void Send_AfterRemoval_IsUnauthorized()
    {
        var conversation = Conversation.Of(
            Given.Create(Alice, ChannelVisibility.Private),
            new ConversationCommand.AddMember(Alice, Bob.User),
            Given.Send(Bob, "m1"),
            new ConversationCommand.RemoveMember(Moderator, Bob.User));

        AssertRefused(Refusal.Unauthorized, conversation.Do(Given.Send(Bob, "m2")));
    }

    [Fact]
    public void RemoveMember_OfAnother_NeedsAModeratorOfTheWorkspace()
    {
        var conversation = Conversation.Of(
            Given.Create(Alice, ChannelVisibility.Private), new ConversationCommand.AddMember(Alice, Bob.User));

        AssertRefused(Refusal.Forbidden, conversation.Do(new ConversationCommand.RemoveMember(Bob, Alice.User)));
        AssertRefused(
            Refusal.Unauthorized, conversation.Do(new ConversationCommand.RemoveMember(Given.Stranger("eve", Role.Admin), Alice.User)));
        Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.RemoveMember(Bob, Bob.User)));
    }

    [Fact]
    public void Send_SameClientIdAndBody_GivesTheFirstReceipt_OtherBodyConflicts_OtherUserIsFree()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server));
        var first = Assert.IsType<Decision.Accepted>(conversation.Do(Given.Send(Alice, "m1", "hi", "k")));

        var again = Assert.IsType<Decision.AlreadyDone>(conversation.Do(Given.Send(Alice, "m2", "hi", "k")));
        Assert.Equal(first.Receipt, again.Receipt);
        AssertRefused(Refusal.IdempotencyConflict, conversation.Do(Given.Send(Alice, "m3", "other", "k")));
        Assert.IsType<Decision.Accepted>(conversation.Do(Given.Send(Bob, "m4", "other", "k")));
        Assert.Equal(3, conversation.Events.Count);
    }

    [Fact]
    public void Edit_IsForTheAuthor_OfAMessageThatIsThere()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));

        AssertRefused(Refusal.Forbidden, conversation.Do(new ConversationCommand.Edit(Moderator, M1, "x", null)));
        AssertRefused(Refusal.NotFound, conversation.Do(new ConversationCommand.Edit(Alice, MessageId.Parse("m9"), "x", null)));
        Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.Edit(Alice, M1, "x", null)));
        conversation.Do(new ConversationCommand.Delete(Alice, M1));
        AssertRefused(Refusal.NotFound, conversation.Do(new ConversationCommand.Edit(Alice, M1, "y", null)));
    }

    [Fact]
    public void Edit_WithoutMentions_KeepsThem()
    {
        var conversation = Conversation.Of(
            Given.Create(Requester.Server), Given.Send(Alice, "m1") with { Mentions = [Bob.User] });

        conversation.Do(new ConversationCommand.Edit(Alice, M1, "x", null));
        Assert.Equal(Bob.User, Assert.Single(Assert.IsType<ConversationEvent.MessageEdited>(conversation.Events[^1].Event).Mentions));
        conversation.Do(new ConversationCommand.Edit(Alice, M1, "y", []));
        Assert.Empty(Assert.IsType<ConversationEvent.MessageEdited>(conversation.Events[^1].Event).Mentions);
    }

    [Fact]
    public void Delete_IsForAuthorAndModerator_AndRepeatsQuietly()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));

        AssertRefused(Refusal.Forbidden, conversation.Do(new ConversationCommand.Delete(Bob, M1)));
        var deleted = Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.Delete(Moderator, M1)));
        var again = Assert.IsType<Decision.AlreadyDone>(conversation.Do(new ConversationCommand.Delete(Alice, M1)));
        Assert.Equal(deleted.Receipt.Seq, again.Receipt.Seq);
    }

    [Fact]
    public void React_TwiceIsOneEvent_AndRemovingWhatIsNotThereIsNone()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));

        Assert.IsType<Decision.AlreadyDone>(conversation.Do(new ConversationCommand.React(Bob, M1, "thumbsup", Add: false)));
        Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.React(Bob, M1, "thumbsup", Add: true)));
        Assert.IsType<Decision.AlreadyDone>(conversation.Do(new ConversationCommand.React(Bob, M1, "thumbsup", Add: true)));
        Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.React(Alice, M1, "thumbsup", Add: true)));
        Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.React(Bob, M1, "thumbsup", Add: false)));
        Assert.Equal([1, 2, 3, 4, 5], conversation.Events.Select(e => e.Seq));
    }

    [Fact]
    public void React_ManyKinds_StopsAt20()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));
        for (var i = 0; i < 20; i++)
            Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.React(Alice, M1, $"e{i}", Add: true)));

        AssertRefused(Refusal.InvalidReaction, conversation.Do(new ConversationCommand.React(Alice, M1, "e20", Add: true)));
        Assert.IsType<Decision.Accepted>(conversation.Do(new ConversationCommand.React(Bob, M1, "e0", Add: true)));
    }

    [Fact]
    public void Decide_WhenTheClockStandsOrGoesBack_TimesStillRise()
    {
        var conversation = Conversation.Of(Given.Create(Requester.Server), Given.Send(Alice, "m1"));
        conversation.Now -= 1_000_000;
        conversation.Do(Given.Send(Alice, "m2"));

        Assert.Equal(conversation.Events.Select(e => e.At).Order().Distinct(), conversation.Events.Select(e => e.At));
    }

    private static void AssertRefused(Refusal expected, Decision actual) =>
        Assert.Equal(expected, Assert.IsType<Decision.Refused>(actual).Why);
}
