using Microsoft.Extensions.Options;
using QuikApp.Host.Access;

namespace QuikApp.Host.Configuration;

/// <summary>Refuses a directory that could not be asked, or whose answers others could give.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var problems = (options.Source == AccessSource.Callback ? Needed(options) : Superfluous(options)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Needed(AccessOptions options)
    {
        if (options.CallbackUrl is not { Length: > 0 } url)
            yield return "Access:CallbackUrl: is missing; set it to the https address of your platform's directory, or Access:Source to claims or journal.";
        else if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsSecure(address))
            yield return "Access:CallbackUrl: must be an https address, or http on loopback.";
        else if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            yield return "Access:CallbackUrl: must hold no user, password or fragment; the secret is Access:CallbackToken.";

        if (CallbackSecret.Read(options) is { Succeeded: false } token)
            yield return token.Problem;
    }

    private static IEnumerable<string> Superfluous(AccessOptions options)
    {
        foreach (var (key, value) in new[]
        {
            ("CallbackUrl", options.CallbackUrl), ("CallbackToken", options.CallbackToken), ("CallbackTokenPath", options.CallbackTokenPath),
        })
        {
            if (!string.IsNullOrEmpty(value))
                yield return $"Access:{key}: is set, and nobody is asked; set Access:Source to callback, or remove it.";
        }
    }

    private static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
