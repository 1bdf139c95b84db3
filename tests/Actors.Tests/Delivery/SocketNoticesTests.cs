using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>A lost notice is made good.</summary>
public sealed class SocketNoticesTests
{
    [Fact]
    public void Again_SaysWhoIsThereAndForAWhileWhoWent()
    {
        var told = new List<string>();
        var notices = new SocketNotices((who, isThere) => told.Add($"{who.Session} {isThere}"));
        var (ada, bob) = (Given.Member("ada") with { Session = "a1" }, Given.Member("bob") with { Session = "b1" });
        notices.Say(ada, true);
        notices.Say(bob, true);
        notices.Say(bob, false);
        told.Clear();

        for (var i = 0; i < 4; i++)
            notices.Again([ada]);

        Assert.Equal(["a1 True", "b1 False", "a1 True", "b1 False", "a1 True", "b1 False", "a1 True"], told);
    }
}
