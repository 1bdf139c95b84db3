using System.Collections.Frozen;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Access;

/// <summary>Who is what in a workspace, by each word that may count.</summary>
public sealed class AccessRulesTests
{
    private static readonly WorkspaceId Acme = WorkspaceId.Parse("acme");
    private static readonly UserId Ann = UserId.Parse("ann");

    [Theory]
    [InlineData("acme", false, true, false)]
    [InlineData("acme other", false, true, false)]
    [InlineData("other", false, false, true)]
    [InlineData("", false, false, false)]
    [InlineData("acme", true, false, true)]
    [InlineData("", true, false, true)]
    public void ByClaims_TheTokenDecidesAndARemovalOverrules(string workspaces, bool isRemoved, bool isMember, bool isShutOut)
    {
        var standing = AccessRules.ByClaims(Who(workspaces), Acme, Roster(isMember: false, isRemoved));
        Assert.Equal((isMember, isShutOut), (standing.IsMember, standing.IsShutOut));
    }

    [Theory]
    [InlineData("acme", true, true, false)]
    [InlineData("", true, true, false)]
    [InlineData("other", true, false, true)]
    [InlineData("acme", false, false, false)]
    public void ByJournal_TheWorkspaceDecidesWithinTheToken(string workspaces, bool isListed, bool isMember, bool isShutOut)
    {
        var standing = AccessRules.ByJournal(Who(workspaces), Acme, Roster(isListed, isRemoved: false));
        Assert.Equal((isMember, isShutOut), (standing.IsMember, standing.IsShutOut));
    }

    [Theory]
    [InlineData(true, false, true, false)]
    [InlineData(true, true, false, true)]
    [InlineData(false, false, false, true)]
    public void ByDirectory_WhomItDoesNotHaveIsShutOut(bool word, bool isRemoved, bool isMember, bool isShutOut)
    {
        var standing = AccessRules.ByDirectory(Who("acme"), Roster(isMember: true, isRemoved), word, role: null);
        Assert.Equal((isMember, isShutOut), (standing.IsMember, standing.IsShutOut));
    }

    [Theory]
    [InlineData(Role.Member, Role.Member, null, Role.Member)]
    [InlineData(Role.Member, Role.Moderator, null, Role.Moderator)]
    [InlineData(Role.Admin, Role.Moderator, null, Role.Admin)]
    [InlineData(Role.Member, Role.Admin, Role.Moderator, Role.Moderator)]
    [InlineData(Role.Member, Role.Member, Role.Admin, Role.Admin)]
    [InlineData(Role.Admin, Role.Auditor, null, Role.Auditor)]
    [InlineData(Role.Auditor, Role.Admin, null, Role.Auditor)]
    [InlineData(Role.Admin, Role.Admin, Role.Auditor, Role.Auditor)]
    public void Role_IsTheStrongerOne_AndAnAuditorIsNothingElse(Role token, Role listed, Role? word, Role expected)
    {
        var roster = Roster(isMember: false, isRemoved: false);
        roster = roster with { Members = roster.Members.Add(Ann, listed) };
        Assert.Equal(expected, AccessRules.ByDirectory(Who("acme", token), roster, isMember: true, word).Role);
    }

    [Fact]
    public void Role_OfATokenWithoutMembership_GovernsNothing()
    {
        var standing = AccessRules.ByJournal(Who("acme", Role.Admin), Acme, Roster(isMember: false, isRemoved: false));
        Assert.False(standing.Moderates);
        Assert.False(standing.Administers);
    }

    private static Requester Who(string workspaces, Role role = Role.Member) =>
        new(Ann, workspaces.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WorkspaceId.Parse).ToFrozenSet(), role);

    private static WorkspaceState Roster(bool isMember, bool isRemoved)
    {
        var roster = WorkspaceState.Empty(StreamId.Of(Acme)) with { Info = new WorkspaceInfo(Acme, "Acme") };
        if (isMember)
            roster = roster with { Members = roster.Members.Add(Ann, Role.Member) };
        return isRemoved ? roster with { Removed = roster.Removed.Add(Ann) } : roster;
    }
}
