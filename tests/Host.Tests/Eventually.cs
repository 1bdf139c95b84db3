namespace QuikApp.Host.Tests;

/// <summary>Waits for what comes by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks again and again until the condition holds.</summary>
    public static async Task Async(Func<Task<bool>> condition)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(late.IsCancellationRequested, "what was waited for did not come");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
