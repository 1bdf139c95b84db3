using QuikApp.Clients.Running;

namespace QuikApp.Clients.Topics;

/// <summary>Who belongs to a channel, and who does no longer.</summary>
[Collection(SharedStage.Name)]
public sealed class MembershipTests(SharedStage shared)
{
    [SkippableFact]
    public Task PrivateChannel_IsItsMembersAlone() => shared.Take().PlayAsync("private-channel");
}
