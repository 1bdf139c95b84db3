using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>What a requester is in a workspace at this moment.</summary>
/// <param name="IsMember">Whether they belong to it.</param>
/// <param name="IsShutOut">
/// Whether they see nothing of it, channels that they are in by name included: they were removed, their token opens other
/// workspaces, or the platform's directory does not have them there.
/// </param>
/// <param name="Role">What they may do there; means something for members alone.</param>
internal readonly record struct Standing(bool IsMember, bool IsShutOut, Role Role)
{
    /// <summary>No member, and never one.</summary>
    public static Standing Stranger { get; }

    /// <summary>The server itself.</summary>
    public static Standing Server { get; } = new(IsMember: true, IsShutOut: false, Role.Admin);

    /// <summary>May delete what others wrote and change who is a member.</summary>
    public bool Moderates => IsMember && Role is Role.Moderator or Role.Admin;

    /// <summary>May change the workspace itself.</summary>
    public bool Administers => IsMember && Role == Role.Admin;

    /// <summary>Reads and writes nothing.</summary>
    public bool IsReader => Role == Role.Auditor;
}
