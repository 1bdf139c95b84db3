using System.ComponentModel;

namespace QuikApp.Host.Api.Users;

/// <summary>The answer to a disconnect.</summary>
[Description("An order to close that is durable.")]
internal sealed record DisconnectedAnswer(
    [property: Description("The user.")] string UserId,
    [property: Description("Connections that were open then are closed. RFC 3339, UTC.")] string DisconnectedAt);
