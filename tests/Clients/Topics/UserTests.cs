using QuikApp.Clients.Running;

namespace QuikApp.Clients.Topics;

/// <summary>A user's own topic, as all their devices see it.</summary>
[Collection(SharedStage.Name)]
public sealed class UserTests(SharedStage shared)
{
    [SkippableFact]
    public Task Notification_OfAMention_ComesToEachDeviceOnce() => shared.Take().PlayAsync("user-notifications");

    [SkippableFact]
    public Task Resume_OfTheUsersTopic_BringsWhatConcernedThem() => shared.Take().PlayAsync("user-resume");

    [SkippableFact]
    public Task Read_OnOneDevice_IsReadOnAll() => shared.Take().PlayAsync("read-marks");
}
