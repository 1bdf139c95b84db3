using QuikApp.Host.CommandLine;
using QuikApp.Host.Configuration;
using QuikApp.Host.Hosting;

return await new CommandLineApplication(Server.Composition, Console.Out, Console.Error, ConfigurationInput.OfProcess).RunAsync(args);
