using System.Text;
using Microsoft.AspNetCore.Http;
using QuikApp.Actors.LongPoll;
using QuikApp.Host.LongPoll;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Tests.LongPoll;

public sealed class PollAnswerTests
{
    [Fact]
    public async Task Write_BinaryMessage_IsBase64AndNotAnError()
    {
        var context = new DefaultHttpContext();
        var body = new MemoryStream();
        context.Response.Body = body;
        var frames = new[]
        {
            new PollFrame(IsBinary: true, new byte[] { 2, 11, 7, 0xFF, 0xFE }),
            new PollFrame(IsBinary: false, Encoding.UTF8.GetBytes("[\"ü 🙂 </script>\"]")),
        };

        await PollAnswer.WriteAsync(context, new LongPollMessages.Polled(PollStatus.Ok, frames, 2, 0, ""), "t");

        Assert.Equal(200, context.Response.StatusCode);
        var answer = System.Text.Json.JsonDocument.Parse(body.ToArray()).RootElement;
        Assert.Equal(["AgsH//4=", "[\"ü 🙂 </script>\"]"], answer.GetProperty("messages").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(body.Length, context.Response.ContentLength);
    }
}
