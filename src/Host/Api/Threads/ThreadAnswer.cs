using System.ComponentModel;
using QuikApp.Protocol.Payloads;
using ThreadState = QuikApp.Actors.Threads.ThreadState;

namespace QuikApp.Host.Api.Threads;

/// <summary>A thread as the API shows it.</summary>
[Description("A thread.")]
internal sealed record ThreadAnswer(
    [property: Description("The thread's id, of which its topic is made.")] string Id,
    [property: Description("The channel whose rights it has.")] string ChannelId,
    [property: Description("The channel's message that is replied to.")] string MessageId,
    [property: Description("Replies that are not deleted.")] long ReplyCount,
    [property: Description("The last reply, where there is one.")] ThreadAnswer.Reply? LastReply,
    [property: Description("RFC 3339, UTC.")] string CreatedAt)
{
    /// <summary>A thread as it is.</summary>
    /// <param name="state">What it is.</param>
    /// <param name="at">When it was created.</param>
    public static ThreadAnswer Of(ThreadState state, DateTimeOffset at)
    {
        var thread = state.Thread!;
        var last = state.LastReply is { } reply
            ? new Reply(reply.Id.Value, reply.By.Value, Rfc3339.Format(DateTimeOffset.UnixEpoch.AddMicroseconds(reply.At)))
            : null;
        return new(thread.Thread.Value, thread.Channel.Value, thread.Root.Value, state.Replies, last, Rfc3339.Format(at));
    }

    /// <summary>A reply.</summary>
    [Description("A reply of a thread.")]
    internal sealed record Reply(
        [property: Description("The reply.")] string Id,
        [property: Description("Its author.")] string UserId,
        [property: Description("RFC 3339, UTC.")] string CreatedAt);
}
