using Akka.Actor;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Configuration;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Hosting;

/// <summary>Makes the demo workspace, its members and channels where they are missing: journaled events, like any others.</summary>
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
            var conversations = services.Current.Conversations;
            var workspace = StreamId.Of(Id);
            await Make(workspace, new ConversationCommand.CreateWorkspace(Requester.Server, Id, "Demo"), conversations, stoppingToken);
            foreach (var user in Users)
                await Make(workspace, new ConversationCommand.Enrol(Requester.Server, user), conversations, stoppingToken);
            foreach (var channel in channels.Select(ChannelId.Parse))
            {
                var create = new ConversationCommand.Create(Requester.Server, channel, Id, channel.Value, ChannelVisibility.Public);
                await Make(StreamId.Of(channel), create, conversations, stoppingToken);
            }
        }

        _ready.TrySetResult();
    }

    // Asked again until the cluster has formed and the journal answers: nothing is lost by asking twice.
    private async Task Make(StreamId stream, ConversationCommand command, IActorRef conversations, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < GiveUp)
        {
            try
            {
                var answer = await conversations.Ask<ConversationMessages.Executed>(
                    self => new ConversationMessages.Execute(stream, command, 0, self, Via: null), Patience, stopping);
                if (answer.Refusal != Protocol.Payloads.Refusal.Unavailable)
                    return;
            }
            catch (AskTimeoutException)
            {
                // Not up yet.
            }

            await Task.Delay(Retry, time, stopping);
        }

        LogGivenUp(stream);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Stream} of the demo cannot be made or read; the server goes on without it")]
    private partial void LogGivenUp(StreamId stream);
}
