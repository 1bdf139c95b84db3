using QuikApp.Clients.Running;

namespace QuikApp.Clients.Conversations;

/// <summary>What a conversation is made of, as several stock clients see it.</summary>
[Collection(SharedStage.Name)]
public sealed class MessageTests(SharedStage shared)
{
    [SkippableFact]
    public Task Send_ByOne_IsSeenByAllBeforeItsReply() => shared.Take().PlayAsync("send");

    [SkippableFact]
    public Task Send_ByTwoAtOnce_HasOneOrder() => shared.Take().PlayAsync("same-order");

    [SkippableFact]
    public Task Change_OfAMessage_IsSeenByAll() => shared.Take().PlayAsync("edit-delete-react");

    [SkippableFact]
    public Task Change_OfAnothersMessage_IsForbidden() => shared.Take().PlayAsync("forbidden");

    [SkippableFact]
    public Task Send_UnderTheSameClientId_HappensOnce() => shared.Take().PlayAsync("idempotency");

    [SkippableFact]
    public Task Typing_OfOne_IsRelayedToTheOthers() => shared.Take().PlayAsync("typing");

    [SkippableFact]
    public Task Typing_WithoutAStop_EndsByItself() => shared.Take().PlayAsync("typing-ends");

    [SkippableFact]
    public Task History_InBothModes_HasPages() => shared.Take().PlayAsync("history");

    [SkippableFact]
    public Task History_WhileOthersWrite_ShowsOneMoment() => shared.Take().PlayAsync("history-while-writing");
}
