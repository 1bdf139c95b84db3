using System.ComponentModel;

namespace QuikApp.Host.Api.Conversations;

/// <summary>The answer to a change, as on a socket.</summary>
/// <param name="Seq">Number of the event that made it so.</param>
[Description("What was done, or held already.")]
internal sealed record Change([property: Description("Number of the event that made it so.")] long Seq);
