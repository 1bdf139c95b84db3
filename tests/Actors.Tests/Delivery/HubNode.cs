using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Storage;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>A node with small windows and pages and short times. Each test uses a channel of its own.</summary>
public sealed class HubNode : IAsyncLifetime, IDisposable
{
    /// <summary>Events that a hub keeps.</summary>
    public const int Window = 20;

    /// <summary>Events that are read from the journal at a time.</summary>
    public const int ResumePage = 5;

    private readonly TempDirectory _directory = new();

    internal ConversationNode Node { get; private set; } = null!;

    internal FailingKeyStore Keys { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Node = await ConversationNode.Start(_directory.Path, Configure, keys: store => Keys = new FailingKeyStore(store));

    public async Task DisposeAsync() => await Node.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    private static void Configure(ConversationOptions o)
    {
        (o.HubWindowEvents, o.ResumePage) = (Window, ResumePage);
        // No test here is to be saved by the next periodic renewal.
        o.LeaseRenewal = TimeSpan.FromMinutes(10);
        o.TypingExpiry = TimeSpan.FromMilliseconds(500);
    }
}
