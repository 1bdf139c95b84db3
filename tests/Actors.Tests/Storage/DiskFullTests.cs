using System.Diagnostics;
using System.Security.Cryptography;
using Akka.Actor;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>A file system of 8 MiB that really fills up. Making one takes root.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _directory.Path);
        _directory.Dispose();
    }

    [SkippableFact]
    public async Task Persist_OnAFullDisk_FailsKeepsWhatWasAcknowledgedAndRecovers()
    {
        Mount();
        var stream = StreamId.Parse("channel-full");
        await using var node = StorageNode.Start(Path.Combine(_directory.Path, "data"));
        var (actor, _) = await node.Recover(stream.Value);
        var ballast = Path.Combine(_directory.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[4 << 20]);

        var acknowledged = new List<byte[]>();
        JournalWriteException? error = null;
        while (error is null)
        {
            var record = RandomNumberGenerator.GetBytes(60_000);
            try
            {
                await actor.Ask<long>(new JournalEntry(record), StorageNode.Patience);
                acknowledged.Add(record);
            }
            catch (JournalWriteException e)
            {
                error = e;
            }
            Assert.InRange(acknowledged.Count, 0, 1_000);
        }

        Assert.Equal(JournalWriteFailure.Database, error.Reason);
        var kept = await node.Store.ReadRecords(stream, 1, long.MaxValue, int.MaxValue);
        Assert.Equal(acknowledged, kept.Select(r => r.Bytes));

        File.Delete(ballast);
        var clock = Stopwatch.StartNew();
        var (next, replayed) = await node.Recover(stream.Value);
        Assert.Equal(acknowledged, replayed.Cast<JournalEntry>().Select(e => e.Record.ToArray()));
        Assert.Equal(acknowledged.Count + 1, await next.Ask<long>(new JournalEntry(new byte[60_000]), StorageNode.Patience));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }

    [SkippableFact]
    public async Task Persist_AfterManyFailuresOnAFullDisk_RecoversAndResumesAtOnce()
    {
        Mount();
        await using var node = StorageNode.Start(Path.Combine(_directory.Path, "data"));
        var started = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => node.Recover($"channel-{i}")));
        var ballast = Path.Combine(_directory.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[5 << 20]);

        // 40 × 200 kB do not fit.
        var outcomes = await Task.WhenAll(started.Select(one => Outcome(one.Actor, new byte[200_000])));
        Assert.True(outcomes.Count(e => e is not null) > 10);
        Assert.All(outcomes, e => Assert.True(e is null or JournalWriteException { Reason: JournalWriteFailure.Database }, $"{e}"));

        // Who comes now still finds what is there: a disk that takes no writes does not stop recoveries.
        await node.Recover("channel-0");
        File.Delete(ballast);
        var (next, _) = await node.Recover("channel-next");
        Assert.Null(await Outcome(next, new byte[1_000]));
    }

    private static async Task<Exception?> Outcome(IActorRef actor, byte[] record)
    {
        try
        {
            await actor.Ask<long>(new JournalEntry(record), StorageNode.Patience);
            return null;
        }
        catch (Exception e) when (e is not AskTimeoutException)
        {
            return e;
        }
    }

    private void Mount()
    {
        _mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", _directory.Path);
        if (_mounted)
            return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must be able to mount a small tmpfs");
        Skip.If(true, "needs the right to mount a small tmpfs");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
