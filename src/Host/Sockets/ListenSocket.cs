using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace QuikApp.Host.Sockets;

/// <summary>
/// Makes sockets that listen. Their connections inherit what they are set to: a peer whose machine answers nothing is gone
/// for the kernel after 24 s, whether something is on its way to it or not. A client that only keeps still is not asked for
/// more than that its system acknowledges; <see cref="SocketOptions.IdleTimeout"/> is for those.
/// </summary>
internal static class ListenSocket
{
    /// <summary>The server asks after this much silence, and then this often and this many times. The sum and presence's grace are below the 32 s that a ghost may be seen.</summary>
    private const int QuietSeconds = 12;
    private const int ProbeSeconds = 4;
    private const int Probes = 3;

    /// <summary>Linux: TCP_USER_TIMEOUT of IPPROTO_TCP. While something is unacknowledged nobody probes, and without it that lasts for a quarter of an hour.</summary>
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;
    private const int UnacknowledgedMilliseconds = (QuietSeconds + (ProbeSeconds * Probes)) * 1000;

    /// <summary>Binds one.</summary>
    public static Socket Create(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (endpoint is not IPEndPoint)
            return socket;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, QuietSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes(UnacknowledgedMilliseconds));
        return socket;
    }
}
