namespace QuikApp.Actors.Conversations;

/// <summary>Marks the shard region of conversations in the actor registry.</summary>
internal sealed class ConversationRegion
{
    /// <summary>
    /// Shards of the region: about ten a node for the ten nodes that a cluster of this kind has at most. It can never
    /// change in a rolling upgrade, because every node must place a conversation in the same shard.
    /// </summary>
    public const int Shards = 100;

    private ConversationRegion()
    {
    }
}
