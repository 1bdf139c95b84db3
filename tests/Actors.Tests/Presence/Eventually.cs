using QuikApp.Actors.Tests.Conversations;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>Waits for what comes without a sign.</summary>
internal static class Eventually
{
    /// <summary>Waits until a condition holds.</summary>
    public static async Task True(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(ConversationNode.Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain: {what}");
            await Task.Delay(20);
        }
    }
}
