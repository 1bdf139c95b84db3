using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>
/// Live copies of the states that others' authorisation depends on: channels and workspaces. A node's <see cref="ReplicaKeeper"/>
/// keeps them current from the same events that hubs get; reading one costs a look into a table.
/// </summary>
internal sealed class Replicas
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<StreamId, Entry> _live = new();
    private IActorRef _keeper = ActorRefs.Nobody;

    /// <summary>The state of a conversation, empty when there is no such one.</summary>
    /// <exception cref="AccessUnknownException">It cannot be had at present: then nobody is let in.</exception>
    public ValueTask<ConversationState> Get(StreamId stream, CancellationToken cancellation) =>
        TryGet(stream, out var state) ? new ValueTask<ConversationState>(state) : new ValueTask<ConversationState>(Load(stream, cancellation));

    /// <summary>The state, if there is a current copy.</summary>
    public bool TryGet(StreamId stream, [NotNullWhen(true)] out ConversationState? state)
    {
        state = null;
        if (!_live.TryGetValue(stream, out var entry))
            return false;
        entry.IsUsed = true;
        state = entry.State;
        return true;
    }

    /// <summary>Sees to it that a copy is kept, so that its changes are noticed on this node.</summary>
    public void Follow(StreamId stream)
    {
        if (!TryGet(stream, out _))
            _keeper.Tell(new ReplicaKeeper.Load(stream), ActorRefs.NoSender);
    }

    internal void Attach(IActorRef keeper) => _keeper = keeper;

    internal void Set(StreamId stream, ConversationState state) =>
        _live.AddOrUpdate(stream, _ => new Entry(state), (_, entry) =>
        {
            entry.State = state;
            return entry;
        });

    internal void Remove(StreamId stream) => _live.TryRemove(stream, out _);

    /// <summary>Whether the copy was read since the last time this was asked.</summary>
    internal bool WasUsed(StreamId stream)
    {
        if (!_live.TryGetValue(stream, out var entry) || !entry.IsUsed)
            return false;
        entry.IsUsed = false;
        return true;
    }

    private async Task<ConversationState> Load(StreamId stream, CancellationToken cancellation)
    {
        try
        {
            return (await _keeper.Ask<ReplicaKeeper.Loaded>(new ReplicaKeeper.Load(stream), Patience, cancellation)).State;
        }
        catch (AskTimeoutException e)
        {
            throw new AccessUnknownException($"{stream} does not say who may do what", e);
        }
    }

    private sealed class Entry(ConversationState state)
    {
        public volatile ConversationState State = state;

        public volatile bool IsUsed = true;
    }
}
