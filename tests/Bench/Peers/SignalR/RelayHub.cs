using Microsoft.AspNetCore.SignalR;

namespace QuikApp.Bench.Peers.SignalR;

/// <summary>The hub of the SignalR peer: groups are channels.</summary>
public sealed class RelayHub : Hub
{
    private static long _seq;

    /// <summary>Makes the caller a member.</summary>
    [HubMethodName("join")]
    public Task JoinAsync(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);

    /// <summary>Sends a text to all members.</summary>
    [HubMethodName("send")]
    public Task SendAsync(string group, string text) =>
        Clients.Group(group).SendAsync("message:new", MessageNew.Create(group, "bench-u0", text, Interlocked.Increment(ref _seq)), Context.ConnectionAborted);
}
