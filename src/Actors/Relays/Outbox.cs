using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Relays;

/// <summary>
/// What one conversation has to tell others and they have not acknowledged: a queue for each target, because a target hears
/// things in the order in which they happened. A target that takes nothing is late and holds up nobody but itself.
/// </summary>
/// <param name="send">Sends a consequence; the target's answer names the number.</param>
internal sealed class Outbox(Action<long, Consequence> send)
{
    /// <summary>How many new notifications of one target are on their way at once.</summary>
    public const int Together = 64;

    /// <summary>Ticks without an answer after which a target is late.</summary>
    public const int Patience = 5;

    private readonly Dictionary<StreamId, TargetQueue> _queues = [];
    private readonly Dictionary<long, TargetQueue> _sent = [];
    private readonly Dictionary<long, int> _left = [];
    private long _numbers;
    private int _late;

    /// <summary>Whether all was acknowledged.</summary>
    public bool IsEmpty => _queues.Count == 0;

    /// <summary>Whether a target that is not late has something to acknowledge.</summary>
    public bool IsAwaited => _queues.Count > _late;

    /// <summary>Whether something that follows from this event was not acknowledged.</summary>
    public bool Owes(long seq) => _left.ContainsKey(seq);

    /// <summary>Adds what follows from an event, to be sent with <see cref="Send"/>.</summary>
    /// <param name="seq">The event, as acknowledgements name it.</param>
    /// <param name="consequence">What follows.</param>
    public void Add(long seq, Consequence consequence)
    {
        if (!_queues.TryGetValue(consequence.Target, out var queue))
            _queues.Add(consequence.Target, queue = new TargetQueue());
        queue.Add(new Item(++_numbers, consequence, [seq]));
        _left[seq] = _left.GetValueOrDefault(seq) + 1;
    }

    /// <summary>Sends all that may go.</summary>
    public void Send()
    {
        foreach (var queue in _queues.Values)
            SendNext(queue);
    }

    /// <summary>The target has it, or never will.</summary>
    /// <param name="number">What was sent; one that is unknown or was answered before changes nothing.</param>
    /// <returns>The events of which all is acknowledged now.</returns>
    public IReadOnlyList<long> Acknowledge(long number)
    {
        if (!_sent.Remove(number, out var queue))
            return [];
        var item = queue.Acknowledge(number);
        if (queue.IsEmpty)
        {
            _queues.Remove(item.Consequence.Target);
            if (queue.IsLate)
                _late--;
        }
        else
        {
            SendNext(queue);
        }

        return [.. item.Seqs.Where(IsDone)];
    }

    /// <summary>The target cannot take it now: it is sent again with the next <see cref="Tick"/>.</summary>
    public void Postpone(long number)
    {
        if (!_sent.TryGetValue(number, out var queue))
            return;
        queue.Ticks = Patience;
        BeLate(queue);
    }

    /// <summary>Sends again what was refused, and what has waited for its answer for <see cref="Patience"/> ticks.</summary>
    public void Tick()
    {
        foreach (var queue in _queues.Values.Where(queue => ++queue.Ticks >= Patience))
        {
            queue.Ticks = 0;
            BeLate(queue);
            foreach (var item in queue.Sent)
                send(item.Number, item.Consequence);
        }
    }

    // New notifications may come in any order and go together; all else waits for what the same target was told before, and
    // one that is late is not given more than it has.
    private void SendNext(TargetQueue queue)
    {
        while (queue.TryTakeNext(out var item))
        {
            _sent.Add(item.Number, queue);
            send(item.Number, item.Consequence);
        }
    }

    // Until it has caught up with all.
    private void BeLate(TargetQueue queue)
    {
        if (queue.IsLate)
            return;
        queue.IsLate = true;
        _late++;
    }

    private bool IsDone(long seq)
    {
        if (--_left[seq] > 0)
            return false;
        _left.Remove(seq);
        return true;
    }

    /// <summary>A consequence, and the events that it stands for.</summary>
    private sealed record Item(long Number, Consequence Consequence, List<long> Seqs)
    {
        public bool IsNotification => Consequence.Command is ConversationCommand.Record { Event: ConversationEvent.NotificationCreated };
    }

    private sealed class TargetQueue
    {
        private readonly LinkedList<Item> _waiting = new();
        private readonly SortedDictionary<long, Item> _sent = [];
        private LinkedListNode<Item>? _latest;

        /// <summary>Sent and not acknowledged, in order.</summary>
        public IEnumerable<Item> Sent => _sent.Values;

        public bool IsEmpty => _sent.Count == 0 && _waiting.Count == 0;

        public bool IsLate { get; set; }

        /// <summary>Ticks since the target answered.</summary>
        public int Ticks { get; set; }

        public void Add(Item item)
        {
            if (item.Consequence.IsLatest && _latest is { List: not null } earlier)
            {
                item.Seqs.InsertRange(0, earlier.Value.Seqs);
                _waiting.Remove(earlier);
            }

            var node = _waiting.AddLast(item);
            if (item.Consequence.IsLatest)
                _latest = node;
        }

        public bool TryTakeNext(out Item item)
        {
            item = null!;
            if (_waiting.First is not { Value: var next })
                return false;
            if (_sent.Count > 0 && !MayGoToo(next))
                return false;
            _waiting.RemoveFirst();
            _sent.Add(next.Number, next);
            item = next;
            return true;
        }

        public Item Acknowledge(long number)
        {
            Ticks = 0;
            _sent.Remove(number, out var item);
            return item!;
        }

        // What is no notification is sent alone: the first stands for all.
        private bool MayGoToo(Item next) => !IsLate && next.IsNotification && _sent.Count < Together && _sent.First().Value.IsNotification;
    }
}
