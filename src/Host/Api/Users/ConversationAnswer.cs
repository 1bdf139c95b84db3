using System.ComponentModel;

namespace QuikApp.Host.Api.Users;

/// <summary>A conversation of a user, and how far they have read it.</summary>
[Description("A conversation of a user, and how far they have read it.")]
internal sealed record ConversationAnswer(
    [property: Description("The workspace.")] string WorkspaceId,
    [property: Description("The channel.")] string ChannelId,
    [property: Description("The thread of it, where it is one.")] string? ThreadId,
    [property: Description("Number of the conversation's last event.")] long Head,
    [property: Description("The number up to which the user has read; 0 when they never said.")] long ReadSeq,
    [property: Description("Messages of others above that, deleted ones left out; counted up to 1,000.")] long Unread,
    [property: Description("Mentions of the user above that; counted up to 1,000.")] long Mentions);
