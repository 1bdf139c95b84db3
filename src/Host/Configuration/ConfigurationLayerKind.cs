namespace QuikApp.Host.Configuration;

/// <summary>The kinds of source, weakest first.</summary>
internal enum ConfigurationLayerKind
{
    /// <summary>What holds when nobody says anything.</summary>
    Default,

    /// <summary>A settings file.</summary>
    File,

    /// <summary>A directory of credentials that the service manager made for this process alone.</summary>
    Credentials,

    /// <summary>Environment variables.</summary>
    Environment,

    /// <summary>The command line, which every account of the machine can read.</summary>
    CommandLine,
}
