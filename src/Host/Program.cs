using QuikApp.Host.CommandLine;
using QuikApp.Host.Configuration;

var composition = new HostComposition
{
    AddServices = _ => { },
    MapEndpoints = _ => { },
    Tokens = _ => throw new NotSupportedException("this build cannot sign tokens yet"),
    Started = (app, output) => new StartBanner([.. app.Urls], [], $"curl -i {app.Urls.First()}/health/live")
        .Write(output, StartBanner.HasColour(Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM"))),
};

return await new CommandLineApplication(composition, Console.Out, Console.Error, ConfigurationInput.OfProcess).RunAsync(args);
