using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>Finds everything that is wrong with a configuration, all at once.</summary>
internal static class ConfigurationCheck
{
    /// <summary>Checks keys, types and rules.</summary>
    /// <param name="configuration">What the sources said.</param>
    /// <param name="schema">The known keys.</param>
    /// <param name="services">The host's services; only options, and what their validators need, are made from a copy of them.</param>
    /// <returns>The problems, sorted by key; none when the server may start.</returns>
    public static IReadOnlyList<ConfigurationProblem> Run(
        LoadedConfiguration configuration,
        ConfigurationSchema schema,
        IServiceCollection services)
    {
        var problems = new List<ConfigurationProblem>(configuration.Problems);
        foreach (var key in configuration.Keys)
            problems.AddRange(CheckKey(configuration, schema, key));

        var wrong = problems.Select(problem => problem.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        using (var provider = Without(configuration, wrong, services))
        {
            foreach (var section in schema.Sections)
                problems.AddRange(CheckRules(schema, section, provider).Where(problem => !wrong.Contains(problem.Key)));
        }

        var secrets = Secrets(configuration);
        return [.. problems
            .Select(problem => problem with { Message = Redact(problem.Message, secrets) })
            .Distinct()
            .OrderBy(problem => problem.Key, StringComparer.OrdinalIgnoreCase)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal)];
    }

    /// <summary>Everything of a message but secrets: validators are written by many hands.</summary>
    public static string Redact(string message, IEnumerable<string> secrets) =>
        secrets.Aggregate(message, (text, secret) => text.Replace(secret, SecretKeys.Mask, StringComparison.Ordinal));

    /// <summary>The secret values that some source holds, longest first. Very short ones are left out: they are parts of words.</summary>
    public static IReadOnlyList<string> Secrets(LoadedConfiguration configuration) =>
        [.. configuration.Layers
            .SelectMany(layer => layer.Values)
            .Where(pair => pair.Value is { Length: >= 4 } && SecretKeys.Holds(pair.Key, pair.Value))
            .Select(pair => pair.Value!)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length)];

    /// <summary>
    /// The services over a configuration that lacks the keys found wrong: the binder gives up at the first of them, and the
    /// operator wants to see the rules that others break in the same run.
    /// </summary>
    private static ServiceProvider Without(LoadedConfiguration configuration, HashSet<string> wrong, IServiceCollection services)
    {
        var sound = new ConfigurationBuilder();
        foreach (var layer in configuration.Layers)
            sound.AddInMemoryCollection(layer.Values.Where(pair => !wrong.Contains(pair.Key)));

        IServiceCollection copy = new ServiceCollection();
        foreach (var service in services)
            copy.Add(service);

        copy.RemoveAll<IConfiguration>();
        copy.AddSingleton<IConfiguration>(sound.Build());
        return copy.BuildServiceProvider();
    }

    private static IEnumerable<ConfigurationProblem> CheckKey(LoadedConfiguration configuration, ConfigurationSchema schema, string key)
    {
        if (!configuration.TryFind(key, out var value, out var layer))
            yield break;

        if (schema.Find(key) is not { } shape)
        {
            yield return new(key, $"is not a known key ({ConfigurationProblem.Quote(layer.Describe(key))}); the nearest is {schema.Nearest(key)}.");
            yield break;
        }

        if (configuration.Layers.FirstOrDefault(candidate => candidate.Kind == ConfigurationLayerKind.CommandLine) is { } commandLine
            && SecretKeys.Holds(key, commandLine.Values.GetValueOrDefault(key)))
        {
            yield return new(key, $"is a secret, and every account of the machine can read a command line; set {ConfigurationLayer.EnvironmentVariable(key)} instead.");
        }

        if (Mismatch(shape, key, value) is { } expected)
            yield return new(key, $"{expected} ({ConfigurationProblem.Quote(layer.Describe(key))}).");
    }

    private static string? Mismatch(KeyShape shape, string key, string? value)
    {
        switch (shape.Kind)
        {
            case KeyShapeKind.Section when !string.IsNullOrEmpty(value):
                return "is a section and has no value of its own; set the keys below it";
            case KeyShapeKind.List when !string.IsNullOrEmpty(value):
                return $"is a list; set {key}:0, {key}:1, …";
            case KeyShapeKind.Map when !string.IsNullOrEmpty(value):
                return $"is a map; set {key}:name";
            case KeyShapeKind.Scalar:
                if (value is null or "")
                    return shape.Type == typeof(string) ? null : "has no value; remove the key to get its default";

                var shown = SecretKeys.IsSecret(key) ? "" : $", not '{ConfigurationProblem.Quote(SecretKeys.Show(key, value))}'";
                return ScalarText.Mismatch(shape.Type, value) is { } wanted ? $"must be {wanted}{shown}" : null;
            default:
                return null;
        }
    }

    private static IEnumerable<ConfigurationProblem> CheckRules(ConfigurationSchema schema, OptionsSection section, IServiceProvider services)
    {
        try
        {
            section.Create(services);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures.Select(failure => FromFailure(schema, section.Name, failure));
        }
    }

    /// <summary>Takes the key from the front of a validator's sentence, if one stands there.</summary>
    private static ConfigurationProblem FromFailure(ConfigurationSchema schema, string section, string failure)
    {
        var end = failure.IndexOf(' ', StringComparison.Ordinal);
        var key = end > 0 ? failure[..end].TrimEnd(':') : "";
        return key.Length > 0 && schema.Find(key) is not null
            ? new(key, failure[(end + 1)..])
            : new(section, failure);
    }
}
