using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Actors.Delivery;

/// <summary>
/// The order in which a hub hands on what its conversation says: by number, without a gap, each event once. What lies between
/// the last number handed on and the next known one is a hole: a message lost between nodes, or written while the hub was
/// registered nowhere. It is read from the journal, and what arrives meanwhile waits. No actor and no I/O of its own.
/// </summary>
/// <typeparam name="TAnswer">What goes behind the events it arrived with.</typeparam>
/// <param name="page">Events read at a time.</param>
/// <param name="deliver">Takes the next event.</param>
/// <param name="answer">Takes the next answer.</param>
/// <param name="read">Reads a range of the journal, first and last number; the result comes as <see cref="Fill"/>.</param>
internal sealed class DeliveryOrder<TAnswer>(int page, Action<NumberedEvent> deliver, Action<TAnswer> answer, Action<long, long> read)
{
    private readonly Queue<(ImmutableArray<NumberedEvent> Events, ImmutableArray<TAnswer> Answers)> _held = new();
    private long _known;

    /// <summary>Number of the last event handed on; null until a first number is known.</summary>
    public long? Head { get; private set; }

    /// <summary>Whether a range of the journal is being read.</summary>
    public bool IsFilling { get; private set; }

    /// <summary>The conversation said this: contiguous events, and answers that go behind them.</summary>
    public void Publish(ImmutableArray<NumberedEvent> events, ImmutableArray<TAnswer> answers)
    {
        _held.Enqueue((events, answers));
        Go();
    }

    /// <summary>The conversation's last number is this, or was a moment ago.</summary>
    public void Reach(long head)
    {
        Head ??= head;
        _known = Math.Max(_known, head);
        Go();
    }

    /// <summary>What was read of the journal: contiguous, from the first number that was asked for.</summary>
    public void Fill(IReadOnlyList<NumberedEvent> events)
    {
        IsFilling = false;
        Deliver(events);
        Go();
    }

    /// <summary>The journal could not be read; asked again.</summary>
    public void Retry()
    {
        IsFilling = false;
        Go();
    }

    private void Go()
    {
        while (!IsFilling)
        {
            if (Head < _known)
            {
                Read(_known);
            }
            else if (!_held.TryPeek(out var next))
            {
                return;
            }
            else if (next.Events is [{ Seq: var first }, ..] && first > Head + 1)
            {
                Read(first - 1);
            }
            else
            {
                _held.Dequeue();
                Deliver(next.Events);
                foreach (var each in next.Answers)
                    answer(each);
            }
        }
    }

    private void Read(long to)
    {
        IsFilling = true;
        read(Head!.Value + 1, Math.Min(to, Head.Value + page));
    }

    private void Deliver(IReadOnlyList<NumberedEvent> events)
    {
        foreach (var e in events)
        {
            if (e.Seq <= Head)
                continue;
            if (e.Seq > Head + 1)
                throw new InvalidOperationException($"{e.Stream} {e.Seq} does not follow {Head}");
            Head = e.Seq;
            deliver(e);
        }
    }
}
