using QuikApp.Actors.Tests.Storage;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A node with the product's own options, for the tests that need no other. Each test uses a channel of its own.</summary>
public sealed class SharedNode : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();

    internal ConversationNode Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await ConversationNode.Start(_directory.Path);

    public async Task DisposeAsync() => await Node.DisposeAsync();

    public void Dispose() => _directory.Dispose();
}
