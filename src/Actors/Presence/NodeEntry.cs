using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>What one node says about one user in one workspace.</summary>
/// <param name="Devices">The devices with a socket on the node; none: the user left.</param>
/// <param name="SinceMs">When the first of these sockets connected, in ms since the epoch.</param>
/// <param name="LastSeenMs">When the last of them ended; 0 while there is one.</param>
internal readonly record struct NodeEntry(Devices Devices, long SinceMs, long LastSeenMs)
{
    /// <summary>The user left.</summary>
    public static NodeEntry Left(long lastSeenMs) => new(Devices.None, 0, lastSeenMs);
}
