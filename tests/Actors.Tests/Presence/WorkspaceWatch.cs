using Akka.Actor;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Presence.PresenceMessages;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>What a hub of a node is told of a workspace, as others see it: <c>join ada [desktop]</c>, <c>update ada away "Lunch" [web]</c>, <c>leave ada</c>.</summary>
internal sealed class WorkspaceWatch
{
    private readonly TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkspaceWatch(PresenceTestNode node, WorkspaceId workspace) =>
        node.System.ActorOf(Props.Create(() => new Watcher(this, node.View, workspace)));

    /// <summary>What happened, in order.</summary>
    public Recording<string> Story { get; } = new();

    /// <summary>When each user was last seen who left.</summary>
    public Recording<(string User, DateTimeOffset At)> LastSeen { get; } = new();

    public Task Ready => _watched.Task.WaitAsync(ConversationNode.Patience);

    /// <summary>Waits until just this happened.</summary>
    public async Task Tells(params string[] story)
    {
        try
        {
            await Story.Until(items => items.Count >= story.Length);
        }
        catch (TimeoutException)
        {
            // The comparison says more.
        }

        Assert.Equal(story, Story.Items);
    }

    private void Note(PresenceChange change)
    {
        var seen = change.SeenBy(default);
        if (!seen.IsVisible)
            return;
        if (seen.After is null)
            LastSeen.Add((seen.User.Value, seen.LastSeen));
        Story.Add((seen.Before, seen.After) switch
        {
            (null, { } after) => $"join {Text(after)}",
            ({ }, { } after) => $"update {Text(after)}",
            _ => $"leave {seen.User}",
        });
    }

    private static string Text(UserPresence p) =>
        $"{p.User}{(p.Status is PresenceStatus.Online ? "" : $" {PresenceWords.Text(p.Status)}")}{(p.StatusText is { } t ? $" \"{t}\"" : "")} [{string.Join(' ', p.Devices.Each().Select(PresenceWords.Text))}]";

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(WorkspaceWatch watch, IActorRef view, WorkspaceId workspace)
        {
            view.Tell(new Watch(workspace));
            Receive<Watched>(_ => watch._watched.TrySetResult());
            Receive<Changes>(m =>
            {
                foreach (var change in m.Each)
                    watch.Note(change);
            });
        }
    }
}
