using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Delivery;
using QuikApp.Actors.Workspaces;

namespace QuikApp.Actors.Tests.Access;

/// <summary>Whom a token brings into a workspace is written down there, also when the first try to do so fails.</summary>
public sealed class EnrolmentTests(HubNode shared) : IClassFixture<HubNode>
{
    [Fact]
    public async Task Member_WhomTheWorkspaceCouldNotWriteDown_IsWrittenDownLaterWithoutJoiningAgain()
    {
        var town = await Town.Create(shared.Node, "enrol", "ada");
        var channel = await town.Open("hall");
        await FakeSubscriber.Live(channel, town["ada"]);
        async Task<bool> IsMember() =>
            ((WorkspaceState)await shared.Node.Services.Replicas.Get(town.Workspace.Stream, CancellationToken.None)).Members.ContainsKey(town["eve"].User);
        shared.Keys.FailsFor = stream => stream == town.Workspace.Stream;
        var before = shared.Keys.Failures.Items.Count;

        await FakeSubscriber.Live(channel, town["eve"]);
        await shared.Keys.Failures.Until(failures => failures.Count > before);
        Assert.False(await IsMember());
        shared.Keys.FailsFor = _ => false;

        using var patience = new CancellationTokenSource(ConversationNode.Patience);
        while (!await IsMember())
            await Task.Delay(20, patience.Token);
    }
}
