using System.Text;
using QuikApp.Host.Tests.AsyncApi;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>The description for programs is true of every frame that the page for people shows.</summary>
public sealed class AsyncApiFrameTests
{
    private static readonly string[] OfServer = [PhoenixEvents.Reply, PhoenixEvents.Close, PhoenixEvents.Error];

    private static readonly Document Page = Document.Read("protocol.md");

    public static TheoryData<string> Examples() => [.. Page.Json()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_EachFrame_IsDescribed(string line)
    {
        var frame = Read(line);
        var isClients = !frame.Ref.IsNull && !OfServer.Contains(frame.Event.Text);
        Assert.True(isClients ? DescribedFrames.IsOfClient(line) : DescribedFrames.IsOfServer(line), line);
    }

    [Fact]
    public void Example_EachReply_IsThatOfThePushBeforeIt()
    {
        var asked = new Dictionary<(string Ref, string Topic), string>();
        var answered = 0;
        foreach (var line in Page.Json())
        {
            var frame = Read(line);
            var key = (frame.Ref.ToString(), frame.Topic.ToString());
            if (!frame.Ref.IsNull && !OfServer.Contains(frame.Event.Text))
            {
                asked[key] = line;
            }
            else if (frame.Event.Text == PhoenixEvents.Reply && asked.Remove(key, out var push))
            {
                Assert.True(DescribedFrames.IsReplyTo(push, line), $"{push} {line}");
                answered++;
            }
        }

        Assert.InRange(answered, 10, int.MaxValue);
    }

    private static ClientFrame Read(string line)
    {
        var version = line[0] == '[' ? PhoenixVersion.V2 : PhoenixVersion.V1;
        Assert.True(FrameDecoder.TryDecode(version, binaryOpcode: false, Encoding.UTF8.GetBytes(line), out var frame, out var error), $"{error}");
        return frame;
    }
}
