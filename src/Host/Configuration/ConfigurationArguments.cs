namespace QuikApp.Host.Configuration;

/// <summary>Reads the settings of a command line: <c>--Section:Key=value</c> or <c>--Section:Key value</c>.</summary>
/// <remarks>Stricter than the reader of ASP.NET Core, which drops a flag without a value silently.</remarks>
internal static class ConfigurationArguments
{
    /// <summary>Settings that have no section, as ASP.NET Core names them.</summary>
    private static readonly string[] HostKeys = ["urls", "environment", "contentRoot"];

    /// <summary>Reads the settings; false with a sentence when the command line is not well formed.</summary>
    /// <param name="tokens">What no option of the verb took.</param>
    /// <param name="anyKey">False for verbs with options of their own: a name without a section is then a mistyped option.</param>
    /// <param name="settings">The settings, in the order given.</param>
    /// <param name="mistake">What is wrong.</param>
    public static bool TryParse(
        IReadOnlyList<string> tokens,
        bool anyKey,
        out IReadOnlyList<KeyValuePair<string, string>> settings,
        out string mistake)
    {
        var read = new List<KeyValuePair<string, string>>();
        settings = read;
        mistake = "";
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.StartsWith("--", StringComparison.Ordinal) || token.Length == 2)
            {
                mistake = $"'{ConfigurationProblem.Quote(token)}' is neither a verb nor a setting such as --Cluster:Port=4053";
                return false;
            }

            var equals = token.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? token[2..] : token[2..equals];
            if (key.Length == 0 || (!anyKey && !key.Contains(':', StringComparison.Ordinal) && !HostKeys.Contains(key, StringComparer.OrdinalIgnoreCase)))
            {
                mistake = $"'--{ConfigurationProblem.Quote(key)}' is no option here";
                return false;
            }

            if (equals < 0 && (i + 1 == tokens.Count || tokens[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                mistake = $"'--{ConfigurationProblem.Quote(key)}' has no value; write --{ConfigurationProblem.Quote(key)}=value";
                return false;
            }

            read.Add(KeyValuePair.Create(key, equals < 0 ? tokens[++i] : token[(equals + 1)..]));
        }

        return true;
    }
}
