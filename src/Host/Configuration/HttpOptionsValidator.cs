using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>Refuses listeners that would carry tokens and messages in the open.</summary>
internal sealed class HttpOptionsValidator(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<HttpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        var failures = new List<string>();
        for (var i = 0; i < options.TrustedProxies.Count; i++)
        {
            var proxy = options.TrustedProxies[i];
            var key = string.Create(CultureInfo.InvariantCulture, $"Http:TrustedProxies:{i}");
            if (!IPNetwork.TryParse(proxy, out var network) && !IPAddress.TryParse(proxy, out _))
                failures.Add($"{key}: '{ConfigurationProblem.Quote(proxy ?? "")}' is neither an address nor a network; write 10.0.0.7 or 10.0.0.0/8.");
            else if (network.PrefixLength == 0 && proxy!.Contains('/', StringComparison.Ordinal))
                failures.Add($"{key}: '{proxy}' trusts the whole world; name the network of the proxy.");
        }

        failures.AddRange(CertificateFiles.Check(configuration, environment.ContentRootPath));
        foreach (var (key, url) in Listeners())
        {
            if (!Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https"))
            {
                failures.Add($"{key}: '{ConfigurationProblem.Quote(SecretKeys.Show(key, url))}' is not a listener; write {ConfigurationLoader.DefaultUrl}.");
            }
            else if (!environment.IsDevelopment() && options.TrustedProxies.Count == 0 && ListenerAddress.IsOpenPlainHttp(url))
            {
                failures.Add($"{key}: '{ConfigurationProblem.Quote(url)}' can be reached from other machines without TLS; write https:// with a certificate, listen on 127.0.0.1, or name the proxy that ends TLS in Http:TrustedProxies:0.");
            }
            else if (!environment.IsDevelopment() && uri.Scheme == Uri.UriSchemeHttps && !HasCertificate(key))
            {
                failures.Add($"{key}: '{ConfigurationProblem.Quote(url)}' has no certificate; name its files in Kestrel:Certificates:Default:Path and Kestrel:Certificates:Default:KeyPath.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private bool HasCertificate(string key)
    {
        var endpoint = key.EndsWith(":Url", StringComparison.OrdinalIgnoreCase) ? configuration.GetSection(key[..^4]) : null;
        return configuration.GetSection("Kestrel:Certificates:Default").GetChildren().Any()
            || endpoint?.GetSection("Certificate").GetChildren().Any() == true
            || endpoint?.GetSection("Sni").GetChildren().Any() == true;
    }

    private IEnumerable<(string Key, string Url)> Listeners()
    {
        foreach (var url in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return ("Urls", url);

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            yield return ($"{endpoint.Path}:Url", endpoint["Url"] ?? "");
    }
}
