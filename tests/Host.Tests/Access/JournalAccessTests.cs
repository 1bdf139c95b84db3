using System.Diagnostics;
using QuikApp.Host.Authentication;
using QuikApp.Host.Tests.Api;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Access;

/// <summary>The workspace's own journal decides, end to end: a token alone opens nothing.</summary>
public sealed class JournalAccessTests(JournalServer server) : IClassFixture<JournalServer>
{
    [Fact]
    public async Task Token_OfAWorkspaceWithoutMembership_OpensNothing()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann");
        var channel = await workspace.ChannelAsync();
        using var eve = workspace.As("eve", Role.Admin);
        foreach (var path in new[] { workspace.Path, $"{workspace.Path}/members", $"{workspace.Path}/channels", $"{workspace.Path}/presence", $"channels/{channel}" })
            (await eve.GetAsync(path)).Refused(404, "not_found");
        using var socket = await workspace.ConnectAsync("eve");
        foreach (var topic in new[] { $"workspace:{workspace.Id}", $"presence:{workspace.Id}", $"channel:{channel}" })
            Assert.Contains("\"unauthorized\"", await socket.AskAsync($$"""["1","1","{{topic}}","phx_join",{}]"""), StringComparison.Ordinal);

        // Having asked makes nobody a member.
        using var ann = workspace.As("ann");
        Assert.Equal(["ann", "root"], await ann.ListAsync($"{workspace.Path}/members", "userId"));
    }

    [Fact]
    public async Task Membership_GivenAndTaken_CountsAtOnce()
    {
        var workspace = await ApiWorkspace.MakeAsync(server);
        var channel = await workspace.ChannelAsync();
        using var ann = workspace.As("ann");
        (await ann.GetAsync($"channels/{channel}")).Refused(404, "not_found");
        await workspace.SetAsync("ann", "moderator");
        (await ann.PatchAsync($"channels/{channel}", """{"name":"Ann's"}""")).Ok();
        using var socket = await workspace.ConnectAsync("ann");
        await socket.JoinAsync($"channel:{channel}");

        var watch = Stopwatch.StartNew();
        await workspace.RemoveAsync("ann");
        Assert.Contains("phx_close", await socket.NextAsync(), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        (await ann.GetAsync($"channels/{channel}")).Refused(404, "not_found");
    }

    [Fact]
    public async Task Token_ThatNamesNoWorkspace_OpensThoseOfTheJournal()
    {
        var workspace = await ApiWorkspace.MakeAsync(server, "ann");
        var token = server.Service<TokenIssuer>().Issue(UserId.Parse("ann"), [], Role.Member, TimeSpan.FromHours(1));
        using var ann = ApiCaller.With(server, server.Planted(token));
        (await ann.GetAsync(workspace.Path)).Ok();
        // One that names another is for that one alone.
        using var foreign = ApiCaller.As(server, "ann", workspace: "elsewhere");
        (await foreign.GetAsync(workspace.Path)).Refused(404, "not_found");
    }
}
