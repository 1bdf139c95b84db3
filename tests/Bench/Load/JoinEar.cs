using System.Text;

namespace QuikApp.Bench.Load;

/// <summary>Waits for the answer to one step of joining.</summary>
internal sealed class JoinEar(IDialect dialect, JoinStep step) : IMessageSink
{
    /// <summary>Whether the awaited message has come.</summary>
    public bool Heard { get; private set; }

    /// <summary>What went wrong, if anything.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public void OnMessage(LoadSocket socket, ReadOnlySpan<byte> message)
    {
        if (message.IndexOf(step.Hear) >= 0)
            Heard = true;
        else if (dialect.Classify(message) == MessageKind.Refusal)
            throw new IOException($"no join: {Encoding.UTF8.GetString(message)}");
    }

    /// <inheritdoc/>
    public void OnClosed(LoadSocket socket, string reason) => Problem = reason;
}
