using System.Globalization;
using QuikApp.Clients.Running;

namespace QuikApp.Clients.Connections;

/// <summary>What is too much, and what happens then.</summary>
[Collection(SharedStage.Name)]
public sealed class LimitTests(SharedStage shared)
{
    /// <summary>What the server allows when nobody configured it.</summary>
    private const int SendBurst = 10;

    /// <inheritdoc cref="SendBurst"/>
    private const int Topics = 100;

    /// <inheritdoc cref="SendBurst"/>
    private const int Sockets = 10;

    [SkippableFact]
    public Task Connect_OfOneSocketTooMany_ReplacesTheOldest() => shared.Take().PlayAsync("socket-limit", new { limit = Sockets });

    [SkippableFact]
    public Task Send_ContentAtItsLimit_ArrivesWhole() => shared.Take().PlayAsync("content-limit");

    [SkippableFact]
    public Task Frame_OverItsLimit_Closes1009() => shared.Take().PlayAsync("frame-limit");

    [SkippableFact]
    public Task Push_OfBytes_IsRefusedWithoutHarm() => shared.Take().PlayAsync("binary-push");

    [SkippableFact]
    public Task Socket_ThatIsNotRead_IsCutAndResumes() => shared.Take().PlayAsync("slow-reader");

    [SkippableFact]
    public Task Frame_Malformed_Closes1007() => shared.Take().PlayAsync("malformed");

    [SkippableFact]
    public async Task Join_OfOneTopicTooMany_IsNamed()
    {
        string[] topics = [.. Enumerable.Range(0, Topics + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"room-{i}"))];
        await using var stage = await Stage.SetAsync([.. SharedStage.WideLimits, .. topics.Select((id, i) => string.Create(CultureInfo.InvariantCulture, $"Demo:Channels:{i}={id}"))]);
        await stage.PlayAsync("topic-limit", new { topics = topics.Select(id => $"channel:{id}") });
    }

    [SkippableFact]
    public async Task Send_TooFast_IsToldHowLongToWait()
    {
        await using var stage = await Stage.SetAsync();
        await stage.PlayAsync("rate-limit", new { burst = SendBurst });
    }
}
