using System.Buffers;

namespace QuikApp.Protocol.Journal;

/// <summary>A growing buffer on a rented array. It may hold plain text, so it is wiped before the array goes back.</summary>
internal sealed class PooledBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, _length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_length);
    }

    public void Dispose()
    {
        Return(_array);
        _array = [];
        _length = 0;
    }

    private void Reserve(int sizeHint)
    {
        var needed = checked(_length + Math.Max(sizeHint, 1));
        if (needed <= _array.Length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _array.Length * 2));
        Written.CopyTo(larger);
        Return(_array);
        _array = larger;
    }

    private void Return(byte[] array)
    {
        if (array.Length == 0)
            return;
        array.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(array);
    }
}
