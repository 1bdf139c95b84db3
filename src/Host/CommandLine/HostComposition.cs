using QuikApp.Host.Configuration;

namespace QuikApp.Host.CommandLine;

/// <summary>What the features give to every verb. Registering must have no effect outside the container.</summary>
internal sealed record HostComposition
{
    /// <summary>Adds services and options; reads no value of the configuration, since nothing is checked yet.</summary>
    public required Action<WebApplicationBuilder> AddServices { get; init; }

    /// <summary>Adds middleware and endpoints behind those of the frame.</summary>
    public required Action<WebApplication> MapEndpoints { get; init; }

    /// <summary>Makes tokens from the services of a host that was checked and not started.</summary>
    public required Func<IServiceProvider, Func<TokenRequest, string>> Tokens { get; init; }

    /// <summary>Brings the database up to date, from the services of a host that was not started, and says what was done.</summary>
    public required Func<IServiceProvider, string> Migrate { get; init; }

    /// <summary>Runs once the server listens, with standard output: the place of <see cref="StartBanner"/>.</summary>
    public required Func<WebApplication, TextWriter, Task> Started { get; init; }

    /// <summary>Turns a feature's refusal to start into a problem; null for other exceptions.</summary>
    public Func<Exception, ConfigurationProblem?> Explain { get; init; } = _ => null;
}
