namespace QuikApp.Protocol.Identity;

/// <summary>What a token lets its subject do beyond what membership gives.</summary>
public enum Role
{
    /// <summary>Reads and writes where a member.</summary>
    Member,

    /// <summary>A member who may also delete others' messages and change who is a member.</summary>
    Moderator,

    /// <summary>A moderator who may also administer workspaces and users.</summary>
    Admin,

    /// <summary>Reads journals; writes nothing.</summary>
    Auditor,
}
