using QuikApp.Actors.Channels;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Relays;

/// <summary>What consequences depend on beyond the conversation's own state.</summary>
/// <param name="Roster">The workspace's members.</param>
/// <param name="Parent">The channel, for threads and calls.</param>
/// <param name="Before">The message concerned as it stood before the event.</param>
internal sealed record RelayFacts(WorkspaceState? Roster, ChannelState? Parent, MessageView? Before);
