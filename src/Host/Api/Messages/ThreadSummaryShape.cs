using System.ComponentModel;
using QuikApp.Host.Api.Threads;

namespace QuikApp.Host.Api.Messages;

/// <summary>How the thread of a message stands, for the document: <see cref="Protocol.Payloads.ThreadSummary"/> is written by hand.</summary>
[Description("How the thread of a message stands.")]
internal sealed record ThreadSummaryShape
{
    public required string ThreadId { get; init; }

    [Description("Replies that are not deleted.")]
    public required long ReplyCount { get; init; }

    [Description("The last reply, where there is one.")]
    public ThreadAnswer.Reply? LastReply { get; init; }
}
