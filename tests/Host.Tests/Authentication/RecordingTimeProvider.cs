using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>A clock of the test's that also keeps what was waited for, so that a test knows when a timer is set.</summary>
internal sealed class RecordingTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    public ConcurrentQueue<TimeSpan> Timers { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Timers.Enqueue(dueTime);
        return timer;
    }
}
