using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;

namespace QuikApp.Bench.Peers.Floor;

/// <summary>The process of the floor.</summary>
internal static class WebSocketServer
{
    /// <summary>Where sockets connect.</summary>
    public const string Path = "/relay";

    private const int ReceiveBufferBytes = 4096;

    /// <summary>What a new member hears first.</summary>
    public static ReadOnlyMemory<byte> Joined { get; } = "joined"u8.ToArray();

    /// <summary>Serves until the parent is gone.</summary>
    public static Task<int> RunAsync(int port)
    {
        var app = PeerServer.CreateBuilder(port).Build();
        var rooms = new ConcurrentDictionary<string, Room>();
        app.UseWebSockets();
        app.Map(Path, async (HttpContext context) =>
        {
            var name = context.Request.Query["channel"].ToString();
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await ReceiveAsync(socket, rooms.GetOrAdd(name, static key => new Room(key)), context.RequestAborted);
        });
        return PeerServer.ServeAsync(app);
    }

    private static async Task ReceiveAsync(WebSocket socket, Room room, CancellationToken cancel)
    {
        var buffer = new byte[ReceiveBufferBytes];
        try
        {
            room.Add(socket);
            await socket.SendAsync(Joined, WebSocketMessageType.Text, endOfMessage: true, cancel);
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                await room.SendAsync(Encoding.UTF8.GetString(buffer, 0, length), cancel);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client hung up; at the end of a run all of them do.
        }
        finally
        {
            room.Remove(socket);
        }
    }
}
