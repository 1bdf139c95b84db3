using System.Text.RegularExpressions;

namespace QuikApp.Host.Configuration;

/// <summary>
/// Reads the sources, weakest first: our defaults, <c>appsettings.json</c> and <c>appsettings.{Environment}.json</c> of the
/// program and then of the content root, credentials of the service manager, <c>QUIKAPP_</c> variables, the command line.
/// </summary>
/// <remarks>Nothing here throws on what it reads: every fault becomes a problem, so that the operator sees all at once.</remarks>
internal static partial class ConfigurationLoader
{
    /// <summary>What our variables begin with; <c>__</c> stands for the colon of a key.</summary>
    public const string EnvironmentPrefix = "QUIKAPP_";

    /// <summary>Where the server listens when nobody says otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:4000";

    /// <summary>Reads all sources.</summary>
    public static LoadedConfiguration Load(ConfigurationInput input)
    {
        var problems = new List<ConfigurationProblem>();
        var commandLine = Gather(input.Arguments, problems, static (key, _) => $"--{key} is given twice on the command line");
        var variables = Gather(
            input.Environment
                .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
                .Select(variable => KeyValuePair.Create(
                    variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable.Value)),
            problems,
            static (key, _) => $"two environment variables set it, {ConfigurationLayer.EnvironmentVariable(key)} and one in other capitals; remove one");

        var environment = NameOfEnvironment(commandLine, variables, input, problems);
        var root = ContentRoot(commandLine, variables, input, problems);
        var layers = new List<ConfigurationLayer> { Defaults(input) };
        SettingsFiles.AddTo(layers, problems, input.ApplicationDirectory, root, environment);
        if (Find(input, "CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials)
            CredentialFiles.AddTo(layers, problems, credentials);

        layers.Add(new(ConfigurationLayerKind.Environment, "environment", variables));
        layers.Add(new(ConfigurationLayerKind.CommandLine, "command line", commandLine));
        return new()
        {
            EnvironmentName = environment,
            ContentRoot = root,
            Layers = [.. layers.Where(layer => layer.Values.Count > 0)],
            Problems = problems,
        };
    }

    private static ConfigurationLayer Defaults(ConfigurationInput input)
    {
        // Containers and hosting panels set this one variable of ASP.NET Core; it is weaker than anything of ours.
        var urls = Find(input, "ASPNETCORE_URLS");
        return string.IsNullOrWhiteSpace(urls)
            ? new(ConfigurationLayerKind.Default, "default", Values("Urls", DefaultUrl))
            : new(ConfigurationLayerKind.Default, "environment ASPNETCORE_URLS", Values("Urls", urls));
    }

    private static Dictionary<string, string?> Values(string key, string value) =>
        new(StringComparer.OrdinalIgnoreCase) { [key] = value };

    private static Dictionary<string, string?> Gather(
        IEnumerable<KeyValuePair<string, string>> settings,
        List<ConfigurationProblem> problems,
        Func<string, string, string> twice)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
        {
            if (!values.TryAdd(key, value))
                problems.Add(new(key, $"{twice(ConfigurationProblem.Quote(key), value)}."));
        }

        return values;
    }

    private static string NameOfEnvironment(
        Dictionary<string, string?> commandLine,
        Dictionary<string, string?> variables,
        ConfigurationInput input,
        List<ConfigurationProblem> problems)
    {
        var name = commandLine.GetValueOrDefault("environment")
            ?? variables.GetValueOrDefault("environment")
            ?? Find(input, "DOTNET_ENVIRONMENT")
            ?? Find(input, "ASPNETCORE_ENVIRONMENT")
            ?? input.DefaultEnvironment;
        if (string.IsNullOrWhiteSpace(name))
            return Environments.Production;

        // The name becomes part of a file name.
        if (EnvironmentPattern().IsMatch(name))
            return name;

        problems.Add(new("Environment", $"'{ConfigurationProblem.Quote(name)}' is no name of an environment; write Development or Production."));
        return Environments.Production;
    }

    private static string ContentRoot(
        Dictionary<string, string?> commandLine,
        Dictionary<string, string?> variables,
        ConfigurationInput input,
        List<ConfigurationProblem> problems)
    {
        var root = commandLine.GetValueOrDefault("contentRoot") ?? variables.GetValueOrDefault("contentRoot");
        if (root is null)
            return input.WorkingDirectory;

        var full = root.Length == 0 || root.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(root, input.WorkingDirectory);
        if (Directory.Exists(full))
            return full;

        problems.Add(new("ContentRoot", $"'{ConfigurationProblem.Quote(root)}' is not a directory."));
        return input.WorkingDirectory;
    }

    private static string? Find(ConfigurationInput input, string variable) =>
        input.Environment.FirstOrDefault(pair => string.Equals(pair.Key, variable, StringComparison.Ordinal)).Value;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex EnvironmentPattern();
}
