using System.Collections.Immutable;

namespace QuikApp.Host.Hosting;

/// <summary>Where sockets are opened: what is mapped, and what is described to clients.</summary>
internal static class SocketPaths
{
    /// <summary>Long poll, which speaks HTTP.</summary>
    public const string LongPoll = "/socket/longpoll";

    /// <summary>Of each WebSocket a name, the path, and who uses it.</summary>
    public static ImmutableArray<(string Name, string Path, string Description)> All { get; } =
    [
        ("phoenix", "/socket/websocket", "For stock Phoenix clients, which are given /socket and append the rest."),
        ("plain", "/socket", "The same, for a plain WebSocket."),
    ];
}
