using QuikApp.Actors.Calls;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Tests.Calls;

/// <summary>No call waits for nothing.</summary>
public sealed class CallDeadlinesTests
{
    private static readonly UserId Ada = UserId.Parse("ada");
    private static readonly UserId Bob = UserId.Parse("bob");

    private static readonly CallState Call = CallState.Empty(StreamId.Of(CallId.Parse("c1"))) with
    {
        Info = new CallInfo(CallId.Parse("c1"), Given.General, CallMedia.Audio, Ada, "Ada", [Ada, Bob], 5_000_000),
    };

    private static readonly CallState WithAda = Call with { Participants = Call.Participants.Add(Ada, new Participant(Ada, Device.Web, "ada-1")) };

    [Fact]
    public void RingingEnds_SomebodyIsRungFor_IsCountedFromTheBeginning() =>
        Assert.Equal(35_000_000, CallDeadlines.RingingEnds(WithAda with { Ringing = [Bob] }, TimeSpan.FromSeconds(30)));

    [Fact]
    public void RingingEnds_NobodyIsThereOrRungFor_EndsAllTheSame() =>
        Assert.Equal(35_000_000, CallDeadlines.RingingEnds(Call, TimeSpan.FromSeconds(30)));

    [Fact]
    public void RingingEnds_NobodyToRingForOrOver_Never()
    {
        Assert.Null(CallDeadlines.RingingEnds(WithAda, TimeSpan.FromSeconds(30)));
        Assert.Null(CallDeadlines.RingingEnds(Call with { Ringing = [Bob], Phase = CallPhase.Ended }, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Absent_WithoutASocketWhileItIsOpen()
    {
        Assert.Equal(["ada-1"], CallDeadlines.Absent(WithAda, _ => false).Select(p => p.Session));
        Assert.Empty(CallDeadlines.Absent(WithAda, _ => true));
        Assert.Empty(CallDeadlines.Absent(WithAda with { Phase = CallPhase.Ended }, _ => false));
    }
}
