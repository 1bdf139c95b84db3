using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>What a requester is in a workspace at this moment.</summary>
/// <param name="IsMember">Whether they belong to it.</param>
/// <param name="IsRemoved">Whether they did and were removed: then they see nothing of it, private channels included.</param>
/// <param name="Role">What they may do there; means something for members alone.</param>
internal readonly record struct Standing(bool IsMember, bool IsRemoved, Role Role)
{
    /// <summary>No member, and never one.</summary>
    public static Standing Stranger { get; }

    /// <summary>The server itself.</summary>
    public static Standing Server { get; } = new(IsMember: true, IsRemoved: false, Role.Admin);

    /// <summary>May delete what others wrote and change who is a member.</summary>
    public bool Moderates => IsMember && Role is Role.Moderator or Role.Admin;

    /// <summary>May change the workspace itself.</summary>
    public bool Administers => IsMember && Role == Role.Admin;

    /// <summary>Reads and writes nothing.</summary>
    public bool IsReader => Role == Role.Auditor;
}
