namespace QuikApp.Bench.Peers;

/// <summary>A server under test that listens; disposing ends its process and removes what it wrote.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="SigningKey">With what its tokens are signed (base64), or null.</param>
/// <param name="Directory">What it wrote, to be removed, or null.</param>
internal sealed record RunningPeer(ChildProcess Process, Uri Url, string? SigningKey = null, string? Directory = null) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (Directory is not null && System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
