using System.Buffers;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>A first-in first-out queue of frames that holds no array while it is empty. Not thread-safe.</summary>
internal struct FrameQueue
{
    private const int SmallestArray = 16;

    private WireFrame[]? _frames;
    private int _first;

    /// <summary>The number of frames waiting.</summary>
    public int Count { get; private set; }

    /// <summary>Whether pooled memory is held.</summary>
    public readonly bool HoldsArray => _frames is not null;

    public void Enqueue(WireFrame frame)
    {
        _frames ??= ArrayPool<WireFrame>.Shared.Rent(SmallestArray);
        if (Count == _frames.Length)
            Grow();
        _frames[(_first + Count) % _frames.Length] = frame;
        Count++;
    }

    /// <summary>The frame that leaves next; there must be one.</summary>
    public readonly WireFrame Peek() => _frames![_first];

    public WireFrame Dequeue()
    {
        var frame = _frames![_first];
        _frames[_first] = null!;
        _first = (_first + 1) % _frames.Length;
        if (--Count == 0)
            Clear();
        return frame;
    }

    public void Clear()
    {
        if (_frames is null)
            return;

        ArrayPool<WireFrame>.Shared.Return(_frames, clearArray: true);
        (_frames, _first, Count) = (null, 0, 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<WireFrame>.Shared.Rent(_frames!.Length * 2);
        var upToEnd = _frames.Length - _first;
        Array.Copy(_frames, _first, larger, 0, upToEnd);
        Array.Copy(_frames, 0, larger, upToEnd, _first);
        ArrayPool<WireFrame>.Shared.Return(_frames, clearArray: true);
        (_frames, _first) = (larger, 0);
    }
}
