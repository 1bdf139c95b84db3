using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Authentication;

/// <summary>The names of roles in tokens, on the command line and in authorization policies.</summary>
internal static class RoleNames
{
    /// <summary>See <see cref="Role.Member"/>.</summary>
    public const string Member = "member";

    /// <summary>See <see cref="Role.Moderator"/>.</summary>
    public const string Moderator = "moderator";

    /// <summary>See <see cref="Role.Admin"/>.</summary>
    public const string Admin = "admin";

    /// <summary>See <see cref="Role.Auditor"/>.</summary>
    public const string Auditor = "auditor";

    /// <summary>The role of an exact name.</summary>
    public static bool TryParse(string? name, out Role role)
    {
        Role? found = name switch
        {
            Member => Role.Member,
            Moderator => Role.Moderator,
            Admin => Role.Admin,
            Auditor => Role.Auditor,
            _ => null,
        };
        role = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>The name of a role.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Member => Member,
        Role.Moderator => Moderator,
        Role.Admin => Admin,
        Role.Auditor => Auditor,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
