namespace QuikApp.Host.Configuration;

/// <summary>What one source says: a file, the environment, the command line. Later layers override earlier ones, key by key.</summary>
/// <param name="Kind">Where the layer comes from.</param>
/// <param name="Name">How people call it, such as <c>appsettings.json</c>.</param>
/// <param name="Values">Keys in <c>Section:Key</c> form, whatever their case, and their text.</param>
internal sealed record ConfigurationLayer(ConfigurationLayerKind Kind, string Name, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>The place of one key of this layer, as the operator would look for it.</summary>
    public string Describe(string key) =>
        Kind == ConfigurationLayerKind.Environment ? $"environment {EnvironmentVariable(key)}" : Name;

    /// <summary>The variable that sets <paramref name="key"/>.</summary>
    public static string EnvironmentVariable(string key) =>
        ConfigurationLoader.EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal);
}
