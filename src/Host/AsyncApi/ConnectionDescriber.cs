using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.AsyncApi;

/// <summary>Describes the topic of the connection itself: heartbeats.</summary>
internal static class ConnectionDescriber
{
    /// <summary>Adds the channel and its operation.</summary>
    public static void Describe(DocumentParts parts)
    {
        var channel = new ChannelBuilder(parts, PhoenixEvents.ConnectionTopic, PhoenixEvents.ConnectionTopic, JsonShapes.OneOf(PhoenixEvents.ConnectionTopic));
        channel.Receive(PhoenixEvents.Heartbeat, "Keeps the connection; push it every 30 s.", JsonShapes.Any, JsonShapes.Empty);
        channel.Add("Connection", "The connection itself. It is never joined.", parameters: null);
    }
}
