using System.Text.Json;

namespace QuikApp.Host.Configuration;

/// <summary>Reads <c>appsettings.json</c> and its brother of the environment.</summary>
internal static class SettingsFiles
{
    private const UnixFileMode Widest = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>Adds a layer for each file that is there, the program's before those of the content root.</summary>
    public static void AddTo(
        List<ConfigurationLayer> layers,
        List<ConfigurationProblem> problems,
        string applicationDirectory,
        string contentRoot,
        string environment)
    {
        string[] directories = [Path.TrimEndingDirectorySeparator(Path.GetFullPath(applicationDirectory)), Path.TrimEndingDirectorySeparator(Path.GetFullPath(contentRoot))];
        foreach (var directory in directories.Distinct(StringComparer.Ordinal))
        {
            Add(Path.Combine(directory, "appsettings.json"), layers, problems);
            Add(Path.Combine(directory, $"appsettings.{environment}.json"), layers, problems);
        }
    }

    private static void Add(string path, List<ConfigurationLayer> layers, List<ConfigurationProblem> problems)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            return;

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

            // Asked of the open handle: a link's own mode says nothing.
            var open = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~Widest) != 0;
            var values = Read(file);
            if (open
                && values.Where(pair => SecretKeys.Holds(pair.Key, pair.Value)).Select(pair => pair.Key).FirstOrDefault() is { } secret)
            {
                problems.Add(new(secret, $"is a secret in {path}, whose mode is wider than 0640; run: chmod 0600 {path}"));
            }

            layers.Add(new(ConfigurationLayerKind.File, path, values));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            problems.Add(new(path, Explain(e)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(path, "cannot be read; give the server's account read access to a regular file."));
        }
    }

    private static Dictionary<string, string?> Read(Stream json)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var root = new ConfigurationBuilder().AddJsonStream(json).Build();
        Flatten(root.GetChildren(), values);
        return values;
    }

    private static void Flatten(IEnumerable<IConfigurationSection> sections, Dictionary<string, string?> values)
    {
        foreach (var section in sections)
        {
            var children = section.GetChildren().ToList();
            if (children.Count == 0)
                values[section.Path] = section.Value;
            else
                Flatten(children, values);
        }
    }

    // The parser's own sentence may quote the file, and the file may hold a secret: only the position is told.
    private static string Explain(Exception e) => (e as JsonException ?? e.InnerException as JsonException) switch
    {
        { LineNumber: { } line, BytePositionInLine: { } column } => $"is not JSON: look at line {line + 1}, column {column + 1}.",
        null when DuplicateIn(e.Message) is { } key => $"sets the key {ConfigurationProblem.Quote(key)} twice; remove one.",
        _ => "is not a JSON object of settings.",
    };

    private static string? DuplicateIn(string message)
    {
        var start = message.IndexOf('\'', StringComparison.Ordinal);
        var end = message.LastIndexOf('\'');
        return message.Contains("duplicate", StringComparison.OrdinalIgnoreCase) && start >= 0 && end > start
            ? message[(start + 1)..end]
            : null;
    }
}
