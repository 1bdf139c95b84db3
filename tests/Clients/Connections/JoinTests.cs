using QuikApp.Clients.Running;

namespace QuikApp.Clients.Connections;

/// <summary>Joining, leaving, and being refused.</summary>
[Collection(SharedStage.Name)]
public sealed class JoinTests(SharedStage shared)
{
    [SkippableTheory]
    [InlineData("channel:no-such-channel", "unauthorized")]
    [InlineData("channel:", "unauthorized")]
    [InlineData("channel:not an id", "unauthorized")]
    [InlineData("channel:../general", "unauthorized")]
    [InlineData("channel:general%00", "unauthorized")]
    [InlineData("channel:0123456789012345678901234567890123456789012345678901234567890123x", "unauthorized")]
    [InlineData("user:bob", "unauthorized")]
    [InlineData("user:nobody-here", "unauthorized")]
    [InlineData("workspace:other", "unauthorized")]
    [InlineData("thread:no-such-thread", "unauthorized")]
    [InlineData("call:no-such-call", "unauthorized")]
    [InlineData("presence:other", "unauthorized")]
    [InlineData("nosuch:1", "unmatched topic")]
    [InlineData("channel", "unmatched topic")]
    [InlineData("phoenix", "unmatched topic")]
    public Task Join_OfWhatIsNotThere_SaysExactlyWhy(string topic, string reason) =>
        shared.Take().PlayAsync("join-refused", new { user = "alice", topic, reason, still = "channel:general" });

    [SkippableFact]
    public async Task Join_FromAnotherWorkspace_IsUnauthorized()
    {
        var stage = shared.Take();
        var tokens = new Dictionary<string, string> { ["mallory"] = await stage.Server.TokenAsync("mallory", "other") };
        await stage.PlayAsync("join-refused", new { user = "mallory", topic = "channel:general", reason = "unauthorized" }, tokens);
    }

    [SkippableFact]
    public Task Leave_ThenJoin_StartsAnew() => shared.Take().PlayAsync("leave-rejoin");

    [SkippableFact]
    public Task Leave_BetweenOtherFrames_EndsTheJoinAtItsPlace() => shared.Take().PlayAsync("pipelined-leave");
}
