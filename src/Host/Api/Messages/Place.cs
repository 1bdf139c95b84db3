using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Messages;

/// <summary>Where messages are: a channel or a thread. Their operations are the same.</summary>
/// <param name="Stream">The conversation.</param>
/// <param name="Path">Its path below the API's.</param>
internal sealed record Place(StreamId Stream, string Path)
{
    /// <summary>Begins the paths of a channel's operations.</summary>
    public const string ChannelPattern = "/channels/{channel}/messages";

    /// <summary>Begins the paths of a thread's operations.</summary>
    public const string ThreadPattern = "/threads/{thread}/messages";

    /// <summary>A channel; null where the id breaks the grammar.</summary>
    public static Place? Channel(string id) => ChannelId.TryParse(id, out var channel) ? new Place(StreamId.Of(channel), $"channels/{id}") : null;

    /// <summary>A thread; null where the id breaks the grammar.</summary>
    public static Place? Thread(string id) => ThreadId.TryParse(id, out var thread) ? Of(thread) : null;

    /// <summary>A thread.</summary>
    public static Place Of(ThreadId thread) => new(StreamId.Of(thread), $"threads/{thread.Value}");

    /// <summary>
    /// Where a message with <c>threadId</c> goes that was sent here: into a thread of this channel, or this thread itself.
    /// Null: the thread is none of this place's.
    /// </summary>
    public (Place Target, ChannelId? Within)? For(ThreadId? thread)
    {
        if (thread is not { } id || Stream == StreamId.Of(id))
            return (this, null);
        return Stream.Kind == "channel" ? (Of(id), ChannelId.Parse(Stream.Id)) : null;
    }
}
