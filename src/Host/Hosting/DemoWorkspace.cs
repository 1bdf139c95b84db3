using Akka.Actor;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Configuration;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Hosting;

/// <summary>Makes the demo workspace's channels where they are missing: a journaled event each, like any channel's.</summary>
internal sealed partial class DemoWorkspace(
    SessionServicesSource services, IOptions<DemoOptions> demo, TimeProvider time, ILogger<DemoWorkspace> logger) : BackgroundService
{
    /// <summary>The workspace.</summary>
    public static readonly WorkspaceId Id = WorkspaceId.Parse("demo");

    /// <summary>Its users: whoever holds a token of the workspace is one; these get theirs ready-made.</summary>
    public static readonly IReadOnlyList<UserId> Users = [UserId.Parse("alice"), UserId.Parse("bob"), UserId.Parse("carol")];

    private static readonly string[] DefaultChannels = ["general", "random"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    /// <summary>A cluster of one forms in about a second; a channel that is not there by then is damaged, and others must be served.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the channels are there.</summary>
    public Task Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (demo.Value.Enabled == true)
        {
            var channels = demo.Value.Channels.Count > 0 ? demo.Value.Channels : DefaultChannels;
            while (services.Current is null)
                await Task.Delay(Retry, time, stoppingToken);
            foreach (var channel in channels)
                await Make(ChannelId.Parse(channel), services.Current.Conversations, stoppingToken);
        }

        _ready.TrySetResult();
    }

    // Asked again until the cluster has formed and the journal answers: nothing is lost by asking twice.
    private async Task Make(ChannelId channel, IActorRef conversations, CancellationToken stopping)
    {
        var command = new ConversationCommand.Create(Requester.Server, channel, Id, channel.Value, ChannelVisibility.Public);
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < GiveUp)
        {
            try
            {
                var answer = await conversations.Ask<ConversationMessages.Executed>(
                    self => new ConversationMessages.Execute(StreamId.Of(channel), command, 0, self, Via: null), Patience, stopping);
                if (answer.Refusal != Protocol.Payloads.Refusal.Unavailable)
                    return;
            }
            catch (AskTimeoutException)
            {
                // Not up yet.
            }

            await Task.Delay(Retry, time, stopping);
        }

        LogGivenUp(channel);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The demo channel {Channel} cannot be made or read; the server goes on without it")]
    private partial void LogGivenUp(ChannelId channel);
}
