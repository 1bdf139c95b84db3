namespace QuikApp.Actors.Presence;

/// <summary>What the presence actors of a node share.</summary>
/// <param name="Access">Who belongs to a workspace.</param>
/// <param name="Statuses">What users last said about themselves.</param>
/// <param name="Options">Times.</param>
/// <param name="Time">The clock.</param>
internal sealed record PresenceServices(IWorkspaceAccess Access, IStatusSource Statuses, PresenceOptions Options, TimeProvider Time);
