using QuikApp.Clients.Running;

namespace QuikApp.Clients.Topics;

/// <summary>Threads: conversations of their own under one message of a channel.</summary>
[Collection(SharedStage.Name)]
public sealed class ThreadTests(SharedStage shared)
{
    [SkippableFact]
    public Task Start_ByTwoAtOnce_MakesOneThreadThatCanBeJoined() => shared.Take().PlayAsync("thread-start");

    [SkippableFact]
    public Task Replies_OnItsTopicAndFromTheChannel_AreNumberedAndCounted() => shared.Take().PlayAsync("thread-replies");

    [SkippableFact]
    public Task Resume_OfAThreadWhileOthersReply_MissesNothing() => shared.Take().PlayAsync("thread-resume");
}
