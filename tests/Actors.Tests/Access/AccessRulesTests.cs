using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Access;

public sealed class AccessRulesTests
{
    private static readonly WorkspaceState Roster =
        Given.Roster(("ada", Role.Admin), ("bob", Role.Member), ("mona", Role.Moderator), ("otto", Role.Auditor), ("-rita", Role.Admin));

    [Theory]
    [InlineData("ada", Role.Member, Role.Admin)]
    [InlineData("bob", Role.Member, Role.Member)]
    [InlineData("bob", Role.Moderator, Role.Moderator)]
    [InlineData("bob", Role.Admin, Role.Admin)]
    [InlineData("mona", Role.Member, Role.Moderator)]
    [InlineData("mona", Role.Admin, Role.Admin)]
    [InlineData("zoe", Role.Moderator, Role.Moderator)]
    public void ByClaims_Member_HasTheStrongerOfTokenAndJournal(string name, Role token, Role expected) =>
        Assert.Equal(new Standing(IsMember: true, IsRemoved: false, expected), AccessRules.ByClaims(Given.Member(name, token), Given.Demo, Roster));

    // Whoever reads journals must be kept from writing whichever of the two says so.
    [Theory]
    [InlineData("ada", Role.Auditor)]
    [InlineData("otto", Role.Admin)]
    [InlineData("otto", Role.Member)]
    public void Auditor_ByTokenOrJournal_IsNothingElse(string name, Role token)
    {
        var standing = AccessRules.ByClaims(Given.Member(name, token), Given.Demo, Roster);
        Assert.True(standing.IsReader);
        Assert.False(standing.Moderates);
        Assert.False(standing.Administers);
    }

    [Fact]
    public async Task Removed_IsOut_WhateverTheTokenSays()
    {
        var rita = Given.Member("rita", Role.Admin);
        foreach (IAccessSource source in (IAccessSource[])[new ClaimsAccess(), new JournalAccess()])
        {
            var standing = await source.StandingOf(rita, Given.Demo, Roster, CancellationToken.None);
            Assert.True(standing.IsRemoved);
            Assert.False(standing.IsMember);
            Assert.False(standing.Moderates);
        }
    }

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

    [Fact]
    public void Server_MayDoEverything_AndAStrangerNothing()
    {
        Assert.Equal(Standing.Server, AccessRules.ByClaims(Requester.Server, Given.Demo, Roster));
        Assert.Equal(Standing.Server, AccessRules.ByJournal(Requester.OnBehalfOf(UserId.Parse("rita")), Given.Demo, Roster));
        Assert.False(Standing.Stranger.IsMember);
        Assert.False((Standing.Stranger with { Role = Role.Admin }).Administers);
        Assert.False((Standing.Stranger with { Role = Role.Admin }).Moderates);
    }
}
