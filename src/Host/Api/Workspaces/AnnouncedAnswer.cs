using System.ComponentModel;

namespace QuikApp.Host.Api.Workspaces;

/// <summary>The answer to an announcement.</summary>
[Description("An announcement that is committed.")]
internal sealed record AnnouncedAnswer(
    [property: Description("Its number in the workspace.")] long Seq,
    [property: Description("RFC 3339, UTC.")] string CreatedAt);
