using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Tests.Identity;

public sealed class TopicTests
{
    [Theory]
    [InlineData("channel:general", TopicKind.Channel, "general")]
    [InlineData("user:alice", TopicKind.User, "alice")]
    [InlineData("thread:01J_-x", TopicKind.Thread, "01J_-x")]
    [InlineData("presence:demo", TopicKind.Presence, "demo")]
    public void TryParse_TopicOfTheApi_IsOk(string text, TopicKind kind, string id)
    {
        Assert.Equal(TopicParse.Ok, Topic.TryParse(text, out var topic));
        Assert.Equal(new Topic(kind, id), topic);
        Assert.Equal(text, topic.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("channel")]
    [InlineData(":general")]
    [InlineData("Channel:general")]
    [InlineData("nosuch:1")]
    [InlineData(" channel:general")]
    public void TryParse_NoSuchPattern_IsUnmatched(string text) =>
        Assert.Equal(TopicParse.Unmatched, Topic.TryParse(text, out _));

    [Theory]
    [InlineData("channel:")]
    [InlineData("channel:a b")]
    [InlineData("channel:a:b")]
    [InlineData("channel:../x")]
    [InlineData("channel:ä")]
    [InlineData("channel:%41")]
    [InlineData("channel:a\0")]
    public void TryParse_IdOutsideTheGrammar_IsBadId(string text) =>
        Assert.Equal(TopicParse.BadId, Topic.TryParse(text, out _));

    [Fact]
    public void TryParse_Id_HasAtMost64Characters()
    {
        Assert.Equal(TopicParse.Ok, Topic.TryParse("channel:" + new string('a', 64), out _));
        Assert.Equal(TopicParse.BadId, Topic.TryParse("channel:" + new string('a', 65), out _));
    }
}
