using QuikApp.Clients.Running;

namespace QuikApp.Clients.Calls;

/// <summary>Calls, as the devices of three users see them.</summary>
[Collection(SharedStage.Name)]
public sealed class CallTests(SharedStage shared)
{
    [SkippableFact]
    public Task Call_OnSeveralDevices_HasOneWinnerAndADuration() => shared.Take().PlayAsync("call-answer");

    [SkippableFact]
    public Task Signal_OfAParticipant_ReachesParticipantsAlone() => shared.Take().PlayAsync("call-signals");

    [SkippableFact]
    public Task Call_OfSomebodyInACall_IsBusyAndMissed() => shared.Take().PlayAsync("call-busy");

    [SkippableFact]
    public async Task Call_ThatNobodyAnswers_IsMissedOrDeclined()
    {
        await using var stage = await Stage.SetAsync([.. SharedStage.WideLimits, "Conversations:RingTimeout=00:00:05"]);
        await stage.PlayAsync("call-missed");
    }

    [SkippableFact]
    public async Task Participant_WhoseNetworkGoes_ComesBackOrHasLeft()
    {
        await using var stage = await Stage.SetAsync([.. SharedStage.WideLimits, "Conversations:ReattachWithin=00:00:04"]);
        await stage.PlayAsync("call-resume");
    }
}
