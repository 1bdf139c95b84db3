using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace QuikApp.Bench.Load;

/// <summary>Readiness of many sockets on one thread.</summary>
/// <remarks>
/// The runtime's own asynchronous receive costs a hop to a worker and a second system call for each frame. On a machine
/// whose cores the load client shares with the server that would be measured as the server's latency.
/// </remarks>
internal sealed partial class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const uint Readable = 1;
    private const int BatchSize = 512;

    // epoll_pwait2 (Linux 5.11): epoll_wait counts in milliseconds, and 2,000 messages/s are half a millisecond apart.
    private const nint EpollPwait2 = 441;
    private const int Interrupted = 4;

    // The kernel packs epoll_event on x86-64 and aligns it elsewhere.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly int _descriptor;
    private readonly byte[] _events = new byte[BatchSize * EventSize];

    public Epoll()
    {
        _descriptor = epoll_create1(CloseOnExec);
        if (_descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Watches a socket; <paramref name="token"/> comes back from <see cref="Wait"/>.</summary>
    public void Watch(Socket socket, int token)
    {
        Span<byte> description = stackalloc byte[EventSize];
        description.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(description, Readable);
        BinaryPrimitives.WriteInt32LittleEndian(description[DataOffset..], token);
        if (epoll_ctl(_descriptor, Add, (int)socket.SafeHandle.DangerousGetHandle(), ref MemoryMarshal.GetReference(description)) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits until a socket is readable or the time is over, and puts the tokens of the readable ones into <paramref name="ready"/>.</summary>
    /// <returns>How many tokens were written.</returns>
    public int Wait(TimeSpan timeout, Span<int> ready)
    {
        var limit = new TimeSpec(timeout);
        var count = (int)syscall(EpollPwait2, _descriptor, ref _events[0], Math.Min(BatchSize, ready.Length), ref limit, 0, 0);
        if (count < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Interrupted ? 0 : throw new Win32Exception(error);
        }

        for (var i = 0; i < count; i++)
            ready[i] = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((i * EventSize) + DataOffset));
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _ = close(_descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int descriptor, int operation, int target, ref byte description);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint descriptor, ref byte events, nint maximum, ref TimeSpec timeout, nint signals, nint signalsSize);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public TimeSpec(TimeSpan span)
        {
            _seconds = (nint)(Math.Max(0, span.Ticks) / TimeSpan.TicksPerSecond);
            _nanoseconds = (nint)(Math.Max(0, span.Ticks) % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        }

        private readonly nint _seconds;
        private readonly nint _nanoseconds;
    }
}
