using QuikApp.Host.Configuration;

namespace QuikApp.Host.CommandLine;

/// <summary>Carries a verb out on a configuration that was checked first.</summary>
internal sealed class VerbRunner(HostComposition composition, TextWriter output, TextWriter errors)
{
    /// <summary>Runs the server until it is asked to stop.</summary>
    public Task<int> ServeAsync(ConfigurationInput input, CancellationToken cancellationToken)
    {
        PrivateFileMode.Apply();
        return WithHostAsync(input, logToStandardError: false, async (app, _) =>
        {
            app.UseFrame();
            composition.MapEndpoints(app);
            await app.StartAsync(cancellationToken);
            await composition.Started(app, output);
            await app.WaitForShutdownAsync(cancellationToken);
        });
    }

    /// <summary>Prints one token and nothing else on standard output.</summary>
    public Task<int> TokenAsync(ConfigurationInput input, TokenRequest request) =>
        WithHostAsync(input, logToStandardError: true, (app, _) =>
        {
            output.WriteLine(composition.Tokens(app.Services)(request));
            return Task.CompletedTask;
        });

    /// <summary>Prints the effective configuration.</summary>
    public Task<int> CheckAsync(ConfigurationInput input) =>
        WithHostAsync(input, logToStandardError: true, (app, configuration) =>
        {
            var schema = app.Services.GetRequiredService<ConfigurationSchema>();
            foreach (var line in EffectiveConfiguration.Describe(configuration, schema, app.Services))
                output.WriteLine(line);

            return Task.CompletedTask;
        });

    /// <summary>Brings the database up to date. Whoever migrates need not know the settings of a server, so only those of the database are checked.</summary>
    public Task<int> MigrateAsync(ConfigurationInput input) =>
        WithHostAsync(
            input,
            logToStandardError: true,
            (app, _) =>
            {
                output.WriteLine(composition.Migrate(app.Services));
                return Task.CompletedTask;
            },
            section: StorageOptions.SectionName);

    private async Task<int> WithHostAsync(ConfigurationInput input, bool logToStandardError, Func<WebApplication, LoadedConfiguration, Task> act, string section = "")
    {
        LoadedConfiguration? configuration = null;
        try
        {
            configuration = ConfigurationLoader.Load(input);
            var builder = HostBuilding.CreateBuilder(configuration, logToStandardError);
            composition.AddServices(builder);
            var problems = ConfigurationCheck.Run(configuration, builder.Services.Schema(), builder.Services)
                .Where(problem => problem.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (problems.Count > 0)
                return StartFailure.Report(problems, errors);

            await using var app = builder.Build();
            await act(app, configuration);
            return app.Services.GetService<ExitStatus>()?.Code ?? ExitCode.Success;
        }
#pragma warning disable CA1031 // The last resort: whatever stops the start becomes lines for the operator and an exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return StartFailure.Report(e, configuration is null ? [] : ConfigurationCheck.Secrets(configuration), composition.Explain, errors);
        }
    }
}
