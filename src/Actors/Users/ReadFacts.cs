namespace QuikApp.Actors.Users;

/// <summary>What there is to read of a conversation above the number that a user marks.</summary>
/// <param name="Head">Number of the conversation's last event.</param>
/// <param name="Marked">What the user had marked before; 0 when nothing.</param>
/// <param name="Unread">Messages of others above the new mark, deleted ones left out; counted up to 1,000.</param>
/// <param name="Mentions">Mentions of the user above the new mark; counted up to 1,000.</param>
internal readonly record struct ReadFacts(long Head, long Marked, long Unread, long Mentions)
{
    /// <summary>Counting stops here: what is shown beyond is "999+".</summary>
    public const int Most = 1_000;
}
