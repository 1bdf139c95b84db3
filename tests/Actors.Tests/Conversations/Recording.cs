namespace QuikApp.Actors.Tests.Conversations;

/// <summary>What happened, in order, with a way to wait for more of it.</summary>
internal sealed class Recording<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_gate)
                return [.. _items];
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            _items.Add(item);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
    }

    /// <summary>Waits until all that was recorded satisfies <paramref name="condition"/>.</summary>
    public async Task<IReadOnlyList<T>> Until(Func<IReadOnlyList<T>, bool> condition)
    {
        using var patience = new CancellationTokenSource(ConversationNode.Patience);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (condition(_items))
                    return [.. _items];
                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"waited in vain; recorded so far: {string.Join(" | ", Items)}");
            }
        }
    }

    /// <summary>Waits for the first item that satisfies <paramref name="condition"/>.</summary>
    public async Task<T> First(Func<T, bool> condition) => (await Until(items => items.Any(condition))).First(condition);
}
