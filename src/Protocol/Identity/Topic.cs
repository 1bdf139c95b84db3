namespace QuikApp.Protocol.Identity;

/// <summary>A topic of the socket API, <c>kind:id</c>.</summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Id">The id after the colon; it has passed <see cref="Identifier.IsValid"/>.</param>
public readonly record struct Topic(TopicKind Kind, string Id)
{
    /// <summary>Reads a topic.</summary>
    /// <param name="text">For example <c>channel:general</c>.</param>
    /// <param name="topic">The topic, when the answer is <see cref="TopicParse.Ok"/>.</param>
    /// <returns>
    /// <see cref="TopicParse.Unmatched"/> when no pattern of the API begins like that,
    /// <see cref="TopicParse.BadId"/> when the pattern fits and the id breaks the grammar
    /// (a client is then told <c>unauthorized</c>, as for any topic that it may not see).
    /// </returns>
    public static TopicParse TryParse(ReadOnlySpan<char> text, out Topic topic)
    {
        topic = default;
        var colon = text.IndexOf(':');
        if (colon < 0 || !TryParseKind(text[..colon], out var kind))
            return TopicParse.Unmatched;

        var id = text[(colon + 1)..];
        if (!Identifier.IsValid(id))
            return TopicParse.BadId;

        topic = new Topic(kind, id.ToString());
        return TopicParse.Ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name(Kind)}:{Id}";

    private static bool TryParseKind(ReadOnlySpan<char> name, out TopicKind kind)
    {
        (kind, var known) = name switch
        {
            "user" => (TopicKind.User, true),
            "workspace" => (TopicKind.Workspace, true),
            "channel" => (TopicKind.Channel, true),
            "thread" => (TopicKind.Thread, true),
            "call" => (TopicKind.Call, true),
            "presence" => (TopicKind.Presence, true),
            _ => (default, false),
        };
        return known;
    }

    private static string Name(TopicKind kind) => kind switch
    {
        TopicKind.User => "user",
        TopicKind.Workspace => "workspace",
        TopicKind.Channel => "channel",
        TopicKind.Thread => "thread",
        TopicKind.Call => "call",
        TopicKind.Presence => "presence",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
