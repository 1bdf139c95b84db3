using QuikApp.Host.Sessions;
using QuikApp.Host.Sockets;

namespace QuikApp.Host.LongPoll;

/// <summary>What the long-poll sessions of a node share.</summary>
/// <param name="Registry">The sockets of the node, of every transport.</param>
/// <param name="Options">The limits of long poll.</param>
/// <param name="Sockets">The limits that it shares with WebSockets.</param>
internal sealed record LongPollServices(SessionRegistry Registry, LongPollOptions Options, SocketOptions Sockets);
