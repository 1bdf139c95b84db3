using System.ComponentModel;

namespace QuikApp.Host.Api.Members;

/// <summary>A member of a channel.</summary>
[Description("A member of a channel.")]
internal sealed record ChannelMemberAnswer([property: Description("The user.")] string UserId);
