using Microsoft.Extensions.Logging.Console;

namespace QuikApp.Host.Configuration;

/// <summary>What is logged and how: JSON for machines, single lines in Development.</summary>
internal static class LoggingSetup
{
    /// <summary>
    /// Categories that repeat what a request asked for: a token may stand in its query. No setting turns them on again.
    /// </summary>
    private static readonly string[] Silenced =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
    ];

    /// <summary>Sets the console sink up.</summary>
    /// <param name="logging">The logging of the host.</param>
    /// <param name="configuration">Levels come from its section <c>Logging</c>.</param>
    /// <param name="environment">Decides between JSON and single lines.</param>
    /// <param name="toStandardError">True where standard output carries a result, such as a token.</param>
    public static void AddQuikAppLogging(
        this ILoggingBuilder logging,
        IConfiguration configuration,
        IHostEnvironment environment,
        bool toStandardError)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole(console => console.LogToStandardErrorThreshold = toStandardError ? LogLevel.Trace : LogLevel.None);
        if (environment.IsDevelopment())
        {
            logging.AddSimpleConsole(format =>
            {
                format.IncludeScopes = false;
                format.SingleLine = true;
                format.TimestampFormat = "HH:mm:ss ";
                format.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddJsonConsole(format =>
            {
                format.IncludeScopes = false;
                format.TimestampFormat = "O";
                format.UseUtcTimestamp = true;
            });
        }

        // After all others: of two rules as specific the last one holds, and a rule for a sink beats one for all.
        logging.Services.PostConfigure<LoggerFilterOptions>(Silence);
    }

    private static void Silence(LoggerFilterOptions filters)
    {
        var talkative = filters.Rules
            .Where(rule => Silenced.Any(category => rule.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true))
            .ToList();
        foreach (var rule in talkative)
            filters.Rules.Remove(rule);

        foreach (var category in Silenced)
        {
            filters.Rules.Add(new LoggerFilterRule(null, category, LogLevel.None, null));
            filters.Rules.Add(new LoggerFilterRule(typeof(ConsoleLoggerProvider).FullName, category, LogLevel.None, null));
        }
    }
}
