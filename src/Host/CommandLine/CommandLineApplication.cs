using System.CommandLine;
using System.CommandLine.Parsing;
using QuikApp.Host.Configuration;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.CommandLine;

/// <summary>The verbs of the program and their exit codes: 0 done, 2 not understood, 78 configuration, see <see cref="ExitCode"/>.</summary>
internal sealed class CommandLineApplication
{
    private readonly Func<IReadOnlyList<KeyValuePair<string, string>>, ConfigurationInput> _read;
    private readonly VerbRunner _verbs;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;
    private readonly RootCommand _root;
    private readonly Option<string?> _environment = new("--default-environment")
    {
        Description = "The environment when nothing else names one.",
        HelpName = "name",
        Recursive = true,
    };

    /// <summary>Makes the verbs of one process.</summary>
    /// <param name="composition">What the features give to the host.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="errors">Standard error.</param>
    /// <param name="read">Adds the settings of the command line to the other sources.</param>
    public CommandLineApplication(
        HostComposition composition,
        TextWriter output,
        TextWriter errors,
        Func<IReadOnlyList<KeyValuePair<string, string>>, ConfigurationInput> read)
    {
        (_output, _errors, _read) = (output, errors, read);
        _verbs = new(composition, output, errors);
        _root = new RootCommand("QuikApp Realtime: a chat server. Every verb takes settings as --Section:Key=value and --urls.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };

        // Directives print the parser's own view of the arguments; nobody asked for that surface.
        _root.Directives.Clear();
        _root.Options.Add(_environment);
        _root.SetAction(Serve);
        _root.Subcommands.Add(ServeVerb());
        _root.Subcommands.Add(TokenVerb());
        _root.Subcommands.Add(MigrateVerb());
        _root.Subcommands.Add(new Command("config", "Looks at the configuration.") { CheckVerb() });
    }

    /// <summary>Understands the arguments and carries them out.</summary>
    /// <returns>The exit code of the process.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        // The parser drops a first argument in brackets even when it knows no directive.
        if (args is [['[', ..], ..])
            return Misunderstood([$"'{ConfigurationProblem.Quote(args[0])}' is neither a verb nor a setting"]);

        // An argument is never a file of further arguments, and -abc is never three options.
        var parsed = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0)
        {
            // A mistyped option is why another one seems to be missing.
            _ = ConfigurationArguments.TryParse(parsed.UnmatchedTokens, anyKey: false, out _, out var mistake);
            return Misunderstood(parsed.Errors.Select(error => error.Message).Append(mistake).Where(text => text.Length > 0).Distinct());
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = _output, Error = _errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
            cancellationToken);
    }

    private Command ServeVerb()
    {
        var verb = new Command("serve", "Runs the server. This is what happens without a verb.") { TreatUnmatchedTokensAsErrors = false };
        verb.SetAction(Serve);
        return verb;
    }

    private Command TokenVerb()
    {
        var user = new Option<UserId>("--user") { Description = "The user the token is for.", Required = true, CustomParser = ReadUser };
        var workspace = new Option<WorkspaceId>("--workspace") { Description = "The workspace.", CustomParser = ReadWorkspace, DefaultValueFactory = _ => WorkspaceId.Parse("demo") };
        var role = new Option<string>("--role") { Description = "The role.", HelpName = string.Join('|', TokenRequest.Roles), CustomParser = ReadRole, DefaultValueFactory = _ => TokenRequest.Roles[0] };
        var lifetime = new Option<TimeSpan>("--ttl") { Description = "How long it lives: 30s, 15m, 1h, 7d.", HelpName = "duration", CustomParser = ReadLifetime, DefaultValueFactory = _ => TimeSpan.FromHours(1) };
        var verb = new Command("token", "Prints a token.") { user, workspace, role, lifetime };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => WithSettings(parsed, anyKey: false, input => _verbs.TokenAsync(
            input,
            new(parsed.GetValue(user), parsed.GetValue(workspace), parsed.GetRequiredValue(role), parsed.GetValue(lifetime)))));
        return verb;
    }

    private Command MigrateVerb()
    {
        var verb = new Command("migrate", "Brings the database's tables up to date, as the role that the connection string names.") { TreatUnmatchedTokensAsErrors = false };
        verb.SetAction((parsed, _) => WithSettings(parsed, anyKey: false, _verbs.MigrateAsync));
        return verb;
    }

    private Command CheckVerb()
    {
        var verb = new Command("check", "Checks the configuration and prints what the server would run with.") { TreatUnmatchedTokensAsErrors = false };
        verb.SetAction((parsed, _) => WithSettings(parsed, anyKey: false, _verbs.CheckAsync));
        return verb;
    }

    private Task<int> Serve(ParseResult parsed, CancellationToken cancellationToken) =>
        WithSettings(parsed, anyKey: true, input => _verbs.ServeAsync(input, cancellationToken));

    private Task<int> WithSettings(ParseResult parsed, bool anyKey, Func<ConfigurationInput, Task<int>> run) =>
        ConfigurationArguments.TryParse(parsed.UnmatchedTokens, anyKey, out var settings, out var mistake)
            ? run(_read(settings) with { DefaultEnvironment = parsed.GetValue(_environment) })
            : Task.FromResult(Misunderstood([mistake]));

    private int Misunderstood(IEnumerable<string> mistakes)
    {
        foreach (var mistake in mistakes)
            _errors.WriteLine($"quikapp: {ConfigurationProblem.Quote(mistake.TrimEnd('.'), 2 * ConfigurationProblem.MaxQuoted)}.");

        _errors.WriteLine("quikapp: --help lists the verbs and their options.");
        return ExitCode.Usage;
    }

    private static UserId ReadUser(ArgumentResult argument) =>
        UserId.TryParse(argument.Tokens[0].Value, out var user) ? user : Refuse<UserId>(argument, "--user", "1 to 64 characters of A-Z a-z 0-9 _ -");

    private static WorkspaceId ReadWorkspace(ArgumentResult argument) =>
        WorkspaceId.TryParse(argument.Tokens[0].Value, out var workspace) ? workspace : Refuse<WorkspaceId>(argument, "--workspace", "1 to 64 characters of A-Z a-z 0-9 _ -");

    private static string? ReadRole(ArgumentResult argument) =>
        TokenRequest.Roles.Contains(argument.Tokens[0].Value, StringComparer.Ordinal)
            ? argument.Tokens[0].Value
            : Refuse<string>(argument, "--role", $"one of {string.Join(", ", TokenRequest.Roles)}");

    private static TimeSpan ReadLifetime(ArgumentResult argument) =>
        TokenLifetime.TryParse(argument.Tokens[0].Value, out var lifetime) ? lifetime : Refuse<TimeSpan>(argument, "--ttl", "a duration such as 30s, 15m, 1h or 7d, at most 366 days");

    private static T? Refuse<T>(ArgumentResult argument, string option, string grammar)
    {
        argument.AddError($"{option} must be {grammar}, not '{ConfigurationProblem.Quote(argument.Tokens[0].Value)}'");
        return default;
    }
}
