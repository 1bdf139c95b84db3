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

    /// <summary>The stream of a workspace.</summary>
    public static StreamId Of(WorkspaceId workspace) => new($"workspace-{workspace.Value}");

    /// <summary>The stream of a user.</summary>
    public static StreamId Of(UserId user) => new($"user-{user.Value}");

    /// <summary>The stream of a call.</summary>
    public static StreamId Of(CallId call) => new($"call-{call.Value}");

    /// <summary>The stream behind a topic; null for a topic without one (<c>presence:</c>).</summary>
    public static StreamId? Of(Topic topic) => topic.Kind switch
    {
        TopicKind.Channel => Of(ChannelId.Parse(topic.Id)),
        TopicKind.Thread => Of(ThreadId.Parse(topic.Id)),
        TopicKind.Workspace => Of(WorkspaceId.Parse(topic.Id)),
        TopicKind.User => Of(UserId.Parse(topic.Id)),
        TopicKind.Call => Of(CallId.Parse(topic.Id)),
        _ => null,
    };

    /// <summary>The word before the dash: <c>channel</c>, <c>thread</c>, <c>workspace</c>, <c>user</c>, <c>call</c>, <c>compliance</c>.</summary>
    public string Kind => Value[..Value.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The id behind the dash.</summary>
    public string Id => Value[(Value.IndexOf('-', StringComparison.Ordinal) + 1)..];

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
