using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <summary>What a stream's events do not say themselves and their payloads need.</summary>
/// <param name="Channel">The channel; for a thread, the one it belongs to.</param>
public readonly record struct TopicContext(ChannelId Channel)
{
    private const string ChannelPrefix = "channel-";

    /// <summary>The channel of a stream: named by a channel's own stream id, given for any other.</summary>
    /// <exception cref="ArgumentException">Neither, or the two differ.</exception>
    internal static ChannelId ChannelOf(StreamId stream, TopicContext? given)
    {
        if (!stream.Value.StartsWith(ChannelPrefix, StringComparison.Ordinal))
            return given?.Channel ?? throw new ArgumentException($"the stream {stream} does not name its channel", nameof(given));

        var channel = ChannelId.Parse(stream.Value[ChannelPrefix.Length..]);
        return given is null || given.Value.Channel == channel
            ? channel
            : throw new ArgumentException($"the stream {stream} is not of channel {given.Value.Channel}", nameof(given));
    }
}
