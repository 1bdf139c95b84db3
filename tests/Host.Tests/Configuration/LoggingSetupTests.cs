using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

public sealed class LoggingSetupTests
{
    [Theory]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Logging:Console:LogLevel:Default")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore")]
    public void IsEnabled_CategoryThatRepeatsRequests_StaysOff(string key)
    {
        using var sandbox = new Sandbox().Argument(key, "Trace");
        using var services = HostBuilding.CreateBuilder(sandbox.Load()).Services.BuildServiceProvider();
        var loggers = services.GetRequiredService<ILoggerFactory>();

        Assert.All(
            ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"],
            category => Assert.False(loggers.CreateLogger(category).IsEnabled(LogLevel.Critical)));
    }

    [Fact]
    public void IsEnabled_LevelOfTheOperator_Holds()
    {
        using var sandbox = new Sandbox().Argument("Logging:LogLevel:Microsoft.AspNetCore", "Debug");
        using var services = HostBuilding.CreateBuilder(sandbox.Load()).Services.BuildServiceProvider();

        Assert.True(services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Debug));
    }
}
