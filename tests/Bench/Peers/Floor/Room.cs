using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text.Json;

namespace QuikApp.Bench.Peers.Floor;

/// <summary>The members of one channel.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A room lives as long as its process, and the gate holds no wait handle.")]
internal sealed class Room(string name)
{
    // Serialises senders: the order is the same for all members, and no socket has two sends under way.
    private readonly SemaphoreSlim _gate = new(1);
    private ImmutableArray<WebSocket> _members = [];
    private long _seq;

    /// <summary>Adds a member.</summary>
    public void Add(WebSocket socket) => ImmutableInterlocked.Update(ref _members, static (members, added) => members.Add(added), socket);

    /// <summary>Removes a member.</summary>
    public void Remove(WebSocket socket) => ImmutableInterlocked.Update(ref _members, static (members, gone) => members.Remove(gone), socket);

    /// <summary>Encodes the event once and sends it to each member in turn.</summary>
    public async Task SendAsync(string text, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var payload = MessageNew.Create(name, "bench-u0", text, ++_seq);
            var frame = JsonSerializer.SerializeToUtf8Bytes(new object?[] { null, null, $"channel:{name}", "message:new", payload }, JsonSerializerOptions.Web);
            foreach (var member in _members)
            {
                if (member.State == WebSocketState.Open)
                    await member.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel);
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
