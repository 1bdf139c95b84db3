using System.Collections;
using System.Globalization;

namespace QuikApp.Host.Configuration;

/// <summary>What the server would run with: every known key, its value and where that came from.</summary>
internal static class EffectiveConfiguration
{
    /// <summary>The lines <c>Key = value (source)</c>, sorted, secrets masked.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The configuration was not checked before.</exception>
    public static IReadOnlyList<string> Describe(LoadedConfiguration configuration, ConfigurationSchema schema, IServiceProvider services)
    {
        var values = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        values["Environment"] = configuration.EnvironmentName;
        foreach (var section in schema.Sections)
            Flatten(section.Name, section.Shape, section.Create(services), values);

        // After ours, so that a key is written as we write it; what is left are the keys of ASP.NET Core.
        foreach (var key in configuration.Keys)
        {
            if (schema.Find(key) is { Kind: KeyShapeKind.Scalar } && configuration.TryFind(key, out var text, out _))
                values.TryAdd(key, text ?? "");
        }

        return [.. values.Select(pair => $"{pair.Key} = {Shown(pair.Key, pair.Value)} ({Source(configuration, pair.Key)})")];
    }

    private static string Shown(string key, string value) =>
        value.Length == 0 ? "(not set)" : ConfigurationProblem.Quote(SecretKeys.Show(key, value), int.MaxValue);

    private static string Source(LoadedConfiguration configuration, string key) =>
        configuration.TryFind(key, out _, out var layer) ? layer.Describe(key) : "default";

    private static void Flatten(string key, KeyShape shape, object? value, SortedDictionary<string, string> values)
    {
        switch (shape.Kind)
        {
            case KeyShapeKind.Section when value is not null:
                foreach (var (name, child) in shape.Children)
                    Flatten($"{key}:{name}", child, child.Property!.GetValue(value), values);
                break;
            case KeyShapeKind.List when value is IEnumerable items && items.Cast<object?>().Any():
                foreach (var (index, item) in items.Cast<object?>().Index())
                    Flatten($"{key}:{index.ToString(CultureInfo.InvariantCulture)}", shape.Item!, item, values);
                break;
            case KeyShapeKind.Map when value is IDictionary { Count: > 0 } map:
                foreach (DictionaryEntry entry in map)
                    Flatten($"{key}:{entry.Key}", shape.Item!, entry.Value, values);
                break;
            default:
                values[key] = value is null or IEnumerable and not string ? "" : ScalarText.Format(value);
                break;
        }
    }
}
