using Microsoft.AspNetCore.Http;
using QuikApp.Host.LongPoll;

namespace QuikApp.Host.Tests.LongPoll;

public sealed class PollRequestTests
{
    [Theory]
    [InlineData("?vsn=2.0.0&", null, "")]
    [InlineData("?token=a.b.c&vsn=2.0.0&", null, "a.b.c")]
    [InlineData("?token=a.b.c&vsn=2.0.0&token=session", "session", "a.b.c")]
    [InlineData("?token=session&token=a.b.c", "session", "a.b.c")]
    [InlineData("?token=old&token=new", "new", "")]
    [InlineData("?token=a.b.c&token=d.e.f&token=s", "s", "a.b.c|d.e.f")]
    [InlineData("?token=", null, "")]
    [InlineData("?token", null, "")]
    [InlineData("?token=null", "null", "")]
    public void Of_QueryOfAClient_TellsTheTwoKindsApart(string query, string? session, string access)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);

        var request = PollRequest.Of(context.Request);

        Assert.Equal(session, request.Session);
        Assert.Equal(access, string.Join('|', request.Access.Query.ToArray()));
        Assert.Null(request.Access.Header);
    }

    [Fact]
    public void Of_Headers_SessionWinsAndTwoAccessTokensAreNone()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?token=query");
        context.Request.Headers["X-Phoenix-LongPoll-Token"] = "header";
        context.Request.Headers["X-Phoenix-AuthToken"] = "a.b.c";
        var one = PollRequest.Of(context.Request);
        Assert.Equal("header", one.Session);
        Assert.Equal("a.b.c", one.Access.Header);
        Assert.False(one.Access.IsBroken);

        context.Request.Headers["X-Phoenix-AuthToken"] = new(["a.b.c", "d.e.f"]);
        Assert.True(PollRequest.Of(context.Request).Access.IsBroken);
    }
}
