using System.ComponentModel;

namespace QuikApp.Host.Api.Messages;

/// <summary>The answer to a send, as on a socket.</summary>
/// <param name="Id">The message.</param>
/// <param name="Seq">Its number in the channel.</param>
/// <param name="CreatedAt">RFC 3339, UTC, milliseconds.</param>
[Description("A message that is committed.")]
internal sealed record SentMessage(
    [property: Description("The message.")] string Id,
    [property: Description("Its number in the channel.")] long Seq,
    [property: Description("RFC 3339, UTC.")] string CreatedAt);
