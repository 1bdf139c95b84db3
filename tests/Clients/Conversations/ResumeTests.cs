using QuikApp.Clients.Running;

namespace QuikApp.Clients.Conversations;

/// <summary>Clients that were away: the stock client reconnects and joins again by itself, with the last number it saw.</summary>
[Collection(SharedStage.Name)]
public sealed class ResumeTests(SharedStage shared)
{
    [SkippableFact]
    public Task Resume_AfterACutNetwork_BringsExactlyWhatWasMissed() => shared.Take().PlayAsync("resume");

    [SkippableFact]
    public Task Resume_WhileOthersWrite_MissesNothing() => shared.Take().PlayAsync("resume-under-load");

    [SkippableFact]
    public Task Resume_Compact_BringsTheFinalState() => shared.Take().PlayAsync("resume-compact");
}
