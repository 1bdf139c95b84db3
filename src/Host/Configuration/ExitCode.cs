namespace QuikApp.Host.Configuration;

/// <summary>What the process tells its supervisor; the numbers of <c>sysexits.h</c> where it has one.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The command line itself cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>EX_UNAVAILABLE: something the start needs is taken or away, such as the port. Trying again may help.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a defect of ours.</summary>
    public const int Defect = 70;

    /// <summary>EX_TEMPFAIL: the cluster put this node out, or never let it in. Start it again.</summary>
    public const int LeftByCluster = 75;

    /// <summary>EX_CONFIG: the configuration must be changed; trying again does not help.</summary>
    public const int Configuration = 78;
}
