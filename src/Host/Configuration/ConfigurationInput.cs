using System.Collections;

namespace QuikApp.Host.Configuration;

/// <summary>Everything outside the process that configuration may be read from.</summary>
internal sealed record ConfigurationInput
{
    /// <summary>Settings of the command line, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];

    /// <summary>The name of the environment when no source has one; null means Production.</summary>
    public string? DefaultEnvironment { get; init; }

    /// <summary>The environment block.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The content root unless <c>--contentRoot</c> names another; its settings files override the shipped ones.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The directory of the program, with the shipped settings files.</summary>
    public required string ApplicationDirectory { get; init; }

    /// <summary>What this process was given.</summary>
    public static ConfigurationInput OfProcess(IReadOnlyList<KeyValuePair<string, string>> arguments) => new()
    {
        Arguments = arguments,
        Environment = [.. System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))],
        WorkingDirectory = Directory.GetCurrentDirectory(),
        ApplicationDirectory = AppContext.BaseDirectory,
    };
}
