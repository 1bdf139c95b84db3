using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Host.Configuration;

/// <summary>What the sources said, before anybody asked whether it makes sense.</summary>
internal sealed class LoadedConfiguration
{
    /// <summary>The name of the environment: <c>Development</c> is lenient, every other name is strict.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>The directory that relative paths and settings files start from.</summary>
    public required string ContentRoot { get; init; }

    /// <summary>The sources, weakest first.</summary>
    public required IReadOnlyList<ConfigurationLayer> Layers { get; init; }

    /// <summary>Files that cannot be read and keys given twice.</summary>
    public required IReadOnlyList<ConfigurationProblem> Problems { get; init; }

    /// <summary>Every key that some source sets, sorted.</summary>
    public IEnumerable<string> Keys =>
        Layers.SelectMany(layer => layer.Values.Keys)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the strongest source that sets <paramref name="key"/>.</summary>
    public bool TryFind(string key, out string? value, [NotNullWhen(true)] out ConfigurationLayer? layer)
    {
        for (var i = Layers.Count - 1; i >= 0; i--)
        {
            if (Layers[i].Values.TryGetValue(key, out value))
            {
                layer = Layers[i];
                return true;
            }
        }

        value = null;
        layer = null;
        return false;
    }

    /// <summary>Hands the sources on to a host.</summary>
    public void AddTo(IConfigurationBuilder builder)
    {
        foreach (var layer in Layers)
            builder.AddInMemoryCollection(layer.Values);
    }
}
