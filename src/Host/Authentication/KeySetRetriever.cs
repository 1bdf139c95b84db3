using System.Net;

namespace QuikApp.Host.Authentication;

/// <summary>
/// Fetches the issuer's keys: no redirects, no cookies, 64 KiB and 5 s at most. Whatever goes wrong is a sentence.
/// </summary>
internal sealed class KeySetRetriever : IDisposable
{
    /// <summary>How long all the requests of one fetch may take together.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly KeySetAddress _address;
    private readonly string _issuer;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <summary>Fetches from <paramref name="address"/>; OIDC metadata must be of <paramref name="issuer"/>.</summary>
    public KeySetRetriever(KeySetAddress address, string issuer, TimeProvider time)
    {
        _address = address;
        _issuer = issuer;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Fetches the keys. Throws only when <paramref name="stopping"/> is cancelled.</summary>
    public async Task<KeySetReading> FetchAsync(CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            return _address.Location.IsFile
                ? await ReadFileAsync(_address.Location.LocalPath, both.Token)
                : await FetchAsync(_address, both.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return KeySetReading.Failed($"did not answer within {Timeout.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return KeySetReading.Failed($"cannot be reached ({e.GetType().Name})");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<KeySetReading> FetchAsync(KeySetAddress address, CancellationToken cancellation)
    {
        var (body, problem) = await GetAsync(address.Location, cancellation);
        if (body is null)
            return KeySetReading.Failed(problem);
        if (!address.IsDiscovery)
            return KeySetDocument.Read(body);

        // OIDC Discovery §4.3: metadata that speaks for another issuer must not be used.
        var (issuer, keySet) = KeySetDocument.ReadMetadata(body);
        if (issuer != _issuer)
            return KeySetReading.Failed("is the metadata of another issuer than Auth:Issuer");
        if (address.Follow(keySet) is not { } location)
            return KeySetReading.Failed("names no https address for its keys");

        (body, problem) = await GetAsync(location, cancellation);
        return body is null ? KeySetReading.Failed(problem) : KeySetDocument.Read(body);
    }

    private async Task<(byte[]? Body, string Problem)> GetAsync(Uri location, CancellationToken cancellation)
    {
        using var response = await _client.GetAsync(location, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            return (null, $"answered with status {(int)response.StatusCode}");

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return await ReadAsync(body, cancellation);
    }

    private static async Task<KeySetReading> ReadFileAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
        var (body, problem) = await ReadAsync(file, cancellation);
        return body is null ? KeySetReading.Failed(problem) : KeySetDocument.Read(body);
    }

    private static async Task<(byte[]? Body, string Problem)> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[KeySetDocument.MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > KeySetDocument.MaxBytes ? (null, $"is longer than {KeySetDocument.MaxBytes} bytes") : (buffer[..length], string.Empty);
    }
}
