using System.Net;

namespace QuikApp.Host.Configuration;

/// <summary>Who can reach a listener.</summary>
internal static class ListenerAddress
{
    /// <summary>Whether <paramref name="url"/> is plain HTTP that other machines can reach.</summary>
    /// <remarks>Kestrel binds every name but <c>localhost</c> to all addresses, whatever it resolves to.</remarks>
    public static bool IsOpenPlainHttp(string url)
    {
        const string scheme = "http://";
        var text = url.Trim();
        if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || text.StartsWith($"{scheme}unix:", StringComparison.OrdinalIgnoreCase))
            return false;

        var authority = text.AsSpan(scheme.Length);
        var end = authority.IndexOf('/');
        if (end >= 0)
            authority = authority[..end];

        var port = authority.LastIndexOf(':');
        if (port > authority.LastIndexOf(']'))
            authority = authority[..port];

        return !IsLoopbackHost(authority.ToString());
    }

    /// <summary>Whether <paramref name="host"/> is this machine to itself.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
