using System.Diagnostics.CodeAnalysis;
using Akka.Cluster;
using Akka.Event;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>
/// Whoever loads a conversation that a lost node had must be the only one who can write it from then on: a node that was
/// frozen or cut off would go on, and what it commits after the load its successor would not know. Members see a node as
/// down before any of them sees it removed, and conversations move after that.
/// </summary>
/// <param name="fence">What keeps a writer out.</param>
/// <param name="self">This node, which is not fenced by itself.</param>
/// <param name="log">Where failures are told.</param>
internal sealed class WriterFencing(IWriterFence fence, UniqueAddress self, ILoggingAdapter log) : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly HashSet<UniqueAddress> _fenced = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Ends when every node that was put out so far can write no more.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    /// <summary>The cluster goes on without a node.</summary>
    public void Exclude(UniqueAddress node)
    {
        if (!node.Equals(self) && _fenced.Add(node))
            Settled = Task.WhenAll(Settled, Fence(node));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails, conversations stay closed until it is done.")]
    private async Task Fence(UniqueAddress node)
    {
        var stopping = _stopping.Token;
        while (true)
        {
            try
            {
                await fence.Fence(WriterId.Of(node), stopping);
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.Warning(e, "{Node} could not be fenced; conversations are not loaded until it is", node.Address);
                await Task.Delay(Retry, stopping);
            }
        }
    }
}
