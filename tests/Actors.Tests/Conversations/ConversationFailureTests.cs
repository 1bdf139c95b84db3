using System.Diagnostics;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A journal that cannot be written: nobody is told what is not in the file, and afterwards it goes on.</summary>
public sealed class ConversationFailureTests : IDisposable
{
    private static readonly Requester Ada = Given.Member("ada");

    private readonly TempDirectory _directory = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _directory.Path);
        _directory.Dispose();
    }

    [Fact]
    public async Task Execute_WhileTheDatabaseIsLocked_TellsEveryWaitingSenderUnavailableAndServesAgain()
    {
        await using var node = await ConversationNode.Start(_directory.Path, busyTimeout: TimeSpan.FromSeconds(1));
        var room = node.Room("general");
        await room.Create(Ada);
        await room.Send(Ada, "before");

        Task<Executed>[] asked;
        using (node.HoldWrites())
        {
            asked = [.. Enumerable.Range(0, 400).Select(i => room.Do(room.Message(Ada, $"{i}", $"key-{i}")))];
            Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(Refusal.Unavailable, answer.Refusal));
        }

        Assert.Equal(2, await node.Store.Head(room.Stream));
        Assert.Equal(3, (await room.Send(Ada, "0", "key-0")).Seq);
        Assert.Equal(3, (await room.VerifiedRecords()).Count);
    }

    [Fact]
    public async Task Execute_WhoseWriteFails_AnswersThroughItsHub()
    {
        await using var node = await ConversationNode.Start(_directory.Path, busyTimeout: TimeSpan.FromSeconds(1));
        var room = node.Room("general");
        await room.Create(Ada);
        var (hub, session) = (Probe.In(node.System), Probe.In(node.System));
        await room.Listen(hub, Ada);

        using (node.HoldWrites())
        {
            node.Region.Tell(new Execute(room.Stream, room.Message(Ada, "lost"), 11, session.Ref, hub.Ref), session.Ref);
            var published = await hub.Expect<Published>();
            Assert.Empty(published.Events);
            var answer = Assert.Single(published.Answers);
            Assert.Equal((session.Ref, new Executed(11, null, Refusal.Unavailable)), (answer.To, answer.What));
        }

        Assert.Empty(session.Received.Items);
    }

    [Fact]
    public async Task Execute_WhileTheKeyStoreFails_IsUnavailableAndServedAgainAfterwards()
    {
        FailingKeyStore? keys = null;
        await using var node = await ConversationNode.Start(_directory.Path, keys: store => keys = new FailingKeyStore(store));
        var room = node.Room("general");
        await room.Create(Ada);

        keys!.Fails = true;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => room.Do(room.Message(Ada, $"{i}"))));
        Assert.All(answers, answer => Assert.Equal(Refusal.Unavailable, answer.Refusal));

        keys.Fails = false;
        Assert.Equal(2, (await room.Send(Ada, "served")).Seq);
    }

    [Fact]
    public async Task Execute_WhileTheConversationCannotBeOpened_IsUnavailableAndServedAgainAfterwards()
    {
        FailingKeyStore? keys = null;
        await using var node = await ConversationNode.Start(_directory.Path, keys: store => keys = new FailingKeyStore(store));
        var room = node.Room("general");
        await room.Create(Ada, ChannelVisibility.Private);
        await room.Unload(Ada);

        keys!.Fails = true;
        var hub = Probe.In(node.System);
        var first = room.Do(room.Message(Ada, "wakes it"));
        node.Region.Tell(new RequestAccess(room.Stream, Ada, 1, hub.Ref), hub.Ref);
        var others = Enumerable.Range(0, 50).Select(i => room.Do(room.Message(Ada, $"{i}"))).ToArray();
        Assert.All(await Task.WhenAll([first, .. others]), answer => Assert.Equal(Refusal.Unavailable, answer.Refusal));

        // Not knowing is no reason to say that she may not.
        Assert.Equal(Refusal.Unavailable, (await hub.Expect<AccessRefused>()).Why);

        keys.Fails = false;
        Assert.Equal(3, (await room.Send(Ada, "served")).Seq);
        Assert.Empty(node.Errors.Items);
    }

    [SkippableFact]
    public async Task Execute_OnAFullDisk_AcknowledgesOnlyWhatIsInTheFileAndServesAgainWithSpace()
    {
        Mount();
        await using var node = await ConversationNode.Start(Path.Combine(_directory.Path, "data"));
        var room = node.Room("general");
        await room.Create(Ada);
        var ballast = Path.Combine(_directory.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[4 << 20]);

        var text = new string('x', 16_000);
        var acknowledged = new List<Receipt>();
        var refused = 0;
        for (var round = 0; refused == 0 && round < 50; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => room.Do(room.Message(Ada, text))));
            acknowledged.AddRange(answers.Where(a => a.Receipt is not null).Select(a => a.Receipt!));
            Assert.All(answers.Where(a => a.Refusal is not null), a => Assert.Equal(Refusal.Unavailable, a.Refusal));
            refused += answers.Count(a => a.Refusal is not null);
        }

        Assert.NotEqual(0, refused);
        var kept = await room.Events();
        var ids = kept.Select(e => e.Event.Message).ToHashSet();
        Assert.All(acknowledged, r => Assert.Contains(r.Message, ids));
        Assert.Equal(acknowledged.Count + 1, kept.Count);

        File.Delete(ballast);
        Assert.Equal(kept.Count + 1, (await room.Send(Ada, text)).Seq);
        Assert.Equal(kept.Count + 1, (await room.VerifiedRecords()).Count);
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
