using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Access;

/// <summary>The two sources of access that ask nobody outside.</summary>
public sealed class AccessSourceTests
{
    private static readonly WorkspaceState Roster =
        Given.Roster(("ada", Role.Admin), ("bob", Role.Member), ("mona", Role.Moderator), ("otto", Role.Auditor), ("-rita", Role.Admin));

    [Fact]
    public async Task JournalAccess_AdmitsMembersOfTheJournalOnly()
    {
        var access = new JournalAccess();
        Assert.False(access.Enrols);
        Assert.True((await Of(Given.Member("bob"))).IsMember);
        // A token that names no workspace leaves the journal to decide; one that names others is for those.
        Assert.True((await Of(Given.Stranger("bob"))).IsMember);
        Assert.False((await Of(Given.Member("bob").In(WorkspaceId.Parse("other")))).IsMember);
        Assert.False((await Of(Given.Member("zoe", Role.Admin))).IsMember);
        Assert.False((await Of(Given.Stranger("zoe"))).IsMember);

        ValueTask<Standing> Of(Requester who) => access.StandingOf(who, Given.Demo, Roster, CancellationToken.None);
    }

    [Fact]
    public async Task ClaimsAccess_AdmitsWhomTheTokenNames()
    {
        var access = new ClaimsAccess();
        Assert.True(access.Enrols);
        Assert.True((await access.StandingOf(Given.Member("zoe"), Given.Demo, Roster, CancellationToken.None)).IsMember);
        Assert.False((await access.StandingOf(Given.Stranger("bob", Role.Admin), Given.Demo, Roster, CancellationToken.None)).IsMember);
        Assert.False((await access.StandingOf(Given.Member("bob").In(WorkspaceId.Parse("other")), Given.Demo, Roster, CancellationToken.None)).IsMember);
    }
}
