namespace QuikApp.Protocol.Identity;

/// <summary>
/// A stream of the journal: one persistence id, one dense sequence of events. <c>channel-general</c>, <c>thread-01J…</c>.
/// </summary>
public readonly record struct StreamId
{
    private StreamId(string value) => Value = value;

    /// <summary>The persistence id.</summary>
    public string Value { get; }

    /// <summary>The stream of a channel.</summary>
    public static StreamId Of(ChannelId channel) => new($"channel-{channel.Value}");

    /// <summary>The stream of a thread.</summary>
    public static StreamId Of(ThreadId thread) => new($"thread-{thread.Value}");

    /// <summary>Reads <c>kind-id</c>.</summary>
    /// <exception cref="FormatException">The kind is not one of the journal's, or the id breaks the grammar.</exception>
    public static StreamId Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var dash = value.IndexOf('-', StringComparison.Ordinal);
        var kind = dash < 0 ? "" : value[..dash];
        if (kind is not ("channel" or "thread" or "call" or "workspace" or "user" or "compliance") || !Identifier.IsValid(value.AsSpan(dash + 1)))
            throw new FormatException("not a stream id (kind-id)");
        return new StreamId(value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
