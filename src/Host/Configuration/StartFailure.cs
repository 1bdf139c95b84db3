using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Storage;

namespace QuikApp.Host.Configuration;

/// <summary>Tells the operator why the server does not start: one line a problem, no stack trace, no secret.</summary>
internal static class StartFailure
{
    /// <summary>Writes the problems and returns <see cref="ExitCode.Configuration"/>.</summary>
    public static int Report(IEnumerable<ConfigurationProblem> problems, TextWriter errors)
    {
        foreach (var problem in problems)
            errors.WriteLine($"quikapp: {problem}");

        return ExitCode.Configuration;
    }

    /// <summary>Writes what stopped the start and returns the exit code for it.</summary>
    /// <param name="exception">What was thrown while the host was built or started.</param>
    /// <param name="secrets">Values that must not be repeated.</param>
    /// <param name="explain">Knows the refusals of features; null when an exception is none.</param>
    /// <param name="errors">Standard error.</param>
    public static int Report(
        Exception exception,
        IReadOnlyList<string> secrets,
        Func<Exception, ConfigurationProblem?> explain,
        TextWriter errors)
    {
        var causes = Causes(exception).ToList();
        var problems = causes.SelectMany(cause => cause is OptionsValidationException invalid
                ? invalid.Failures.Select(failure => new ConfigurationProblem(invalid.OptionsType.Name, failure))
                : explain(cause) is { } problem ? [problem] : [])
            .Select(problem => problem with { Message = ConfigurationCheck.Redact(problem.Message, secrets) })
            .Distinct()
            .ToList();
        if (problems.Count > 0)
            return Report(problems, errors);

        if (causes.Find(cause => cause is StorageAwayException) is { } away)
        {
            errors.WriteLine($"quikapp: {ConfigurationCheck.Redact(away.Message, secrets)}");
            return ExitCode.Unavailable;
        }

        if (causes.Find(cause => cause is AddressInUseException or SocketException) is { } listener)
        {
            errors.WriteLine($"quikapp: cannot listen: {ConfigurationCheck.Redact(causes.OfType<IOException>().FirstOrDefault()?.Message ?? listener.Message, secrets)} Choose another address with --urls.");
            return ExitCode.Unavailable;
        }

        // A defect of ours: whoever mends it needs the trace.
        errors.WriteLine($"quikapp: stopped by a defect: {ConfigurationCheck.Redact(exception.ToString(), secrets)}");
        return ExitCode.Defect;
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        yield return exception;
        var inner = exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : (IEnumerable<Exception>)[];
        foreach (var cause in inner.SelectMany(Causes))
            yield return cause;
    }
}
