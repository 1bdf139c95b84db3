using System.Net;
using System.Net.Sockets;

namespace QuikApp.Tests;

/// <summary>Finds ports that stay free while a server is away.</summary>
internal static class FreePort
{
    // Below the ports that systems give to outgoing connections: a client that keeps calling a server that is away could
    // be given the server's own port, and be connected with itself.
    private const int First = 20_000;
    private const int End = 30_000;

    /// <summary>A port on which nobody listens.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one then.
            }
        }
    }
}
