using System.Threading.Channels;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>A stream whose writes wait at a gate while it is shut, and whose reads give what the test feeds.</summary>
internal sealed class GatedStream : Stream
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _writes = [];
    private readonly Channel<byte[]> _incoming = Channel.CreateUnbounded<byte[]>();
    private TaskCompletionSource? _shut;
    private byte[] _left = [];

    /// <summary>The writes that began, in order.</summary>
    public IReadOnlyList<byte[]> Writes
    {
        get
        {
            lock (_gate)
                return [.. _writes];
        }
    }

    public byte[] Written => [.. Writes.SelectMany(bytes => bytes)];

    public int ZeroByteReads { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Lets each coming write wait.</summary>
    public void Shut()
    {
        lock (_gate)
            _shut ??= new TaskCompletionSource();
    }

    /// <summary>Lets the waiting write go, on this thread, and leaves the gate shut for the next when <paramref name="again"/>.</summary>
    public void Open(bool again = false)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
            (waiting, _shut) = (_shut, again ? new TaskCompletionSource() : null);
        Inline(() => waiting?.SetResult());
    }

    /// <summary>Ends the waiting write, and every other, as a reset connection does.</summary>
    public void Break()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            waiting = _shut;
            _shut = new TaskCompletionSource();
            _shut.SetException(new IOException("reset"));
        }

        Inline(() => waiting?.TrySetException(new IOException("reset")));
        _incoming.Writer.TryComplete(new IOException("reset"));
    }

    public void Feed(byte[] bytes) => Assert.True(_incoming.Writer.TryWrite(bytes));

    public void FeedEnd() => _incoming.Writer.TryComplete();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Task? gate;
        lock (_gate)
        {
            _writes.Add(buffer.ToArray());
            gate = _shut?.Task;
        }

        if (gate is not null)
            await gate.ConfigureAwait(false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left.Length == 0)
        {
            if (!await _incoming.Reader.WaitToReadAsync(cancellationToken))
                return 0;
            if (buffer.Length == 0)
            {
                ZeroByteReads++;
                return 0;
            }

            _left = await _incoming.Reader.ReadAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left.AsMemory(0, count).CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    /// <summary>Under xunit's context a continuation would go to another thread, and the test would run ahead of it.</summary>
    private static void Inline(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        action();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
