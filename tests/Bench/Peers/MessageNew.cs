using System.Globalization;

namespace QuikApp.Bench.Peers;

/// <summary>The payload of <c>message:new</c> as the product publishes it, so that every peer delivers as many bytes.</summary>
internal sealed record MessageNew(
    string Id,
    string Content,
    string UserId,
    string ChannelId,
    string CreatedAt,
    IReadOnlyList<string> Attachments,
    IReadOnlyList<string> Mentions,
    long Seq)
{
    /// <summary>A payload for a text that has just arrived.</summary>
    public static MessageNew Create(string channel, string user, string text, long seq) => new(
        Guid.CreateVersion7().ToString("N")[..26],
        text,
        user,
        channel,
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        [],
        [],
        seq);
}
