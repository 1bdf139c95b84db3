using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Tests.Identity;

public sealed class StreamIdTests
{
    [Theory]
    [InlineData("channel:general", "channel-general")]
    [InlineData("thread:t1", "thread-t1")]
    [InlineData("workspace:demo", "workspace-demo")]
    [InlineData("user:alice", "user-alice")]
    [InlineData("call:c1", "call-c1")]
    [InlineData("presence:demo", null)]
    public void Of_Topic_IsTheStreamBehindIt(string text, string? expected)
    {
        Assert.Equal(TopicParse.Ok, Topic.TryParse(text, out var topic));
        Assert.Equal(expected, StreamId.Of(topic)?.Value);
    }

    [Fact]
    public void Of_EveryKindOfTopic_IsDecided() => Assert.Equal(
        [TopicKind.Presence],
        Enum.GetValues<TopicKind>().Where(kind => StreamId.Of(new Topic(kind, "x")) is null));

    // An id may hold dashes, and may look like another stream.
    [Theory]
    [InlineData("channel-general", "channel", "general")]
    [InlineData("user--", "user", "-")]
    [InlineData("workspace-user-alice", "workspace", "user-alice")]
    [InlineData("thread-01J_-x", "thread", "01J_-x")]
    public void Parse_KindAndId_AreThoseAroundTheFirstDash(string text, string kind, string id)
    {
        var stream = StreamId.Parse(text);
        Assert.Equal(kind, stream.Kind);
        Assert.Equal(id, stream.Id);
        Assert.Equal(text, stream.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("channel")]
    [InlineData("channel-")]
    [InlineData("-general")]
    [InlineData("Channel-general")]
    [InlineData("presence-demo")]
    [InlineData("channel-a:b")]
    public void Parse_NoStreamOfTheJournal_Throws(string text) => Assert.Throws<FormatException>(() => StreamId.Parse(text));
}
