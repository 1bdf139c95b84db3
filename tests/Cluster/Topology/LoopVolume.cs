namespace QuikApp.Cluster.Topology;

/// <summary>A file system of our own (ext4 in a file), whose power can be cut and whose space can be used up.</summary>
internal sealed class LoopVolume : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _image;
    private readonly string _ballast;

    private LoopVolume(string folder)
    {
        _image = Path.Combine(folder, "volume.img");
        Folder = Path.Combine(folder, "volume");
        _ballast = Path.Combine(Folder, "ballast");
    }

    /// <summary>What the machine must have.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["mkfs.ext4", "mount", "umount", "xfs_io"];

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Makes and mounts it.</summary>
    public static async Task<LoopVolume> CreateAsync(string folder, int megabytes)
    {
        Tool.RequireRootAnd(Tools);
        var volume = new LoopVolume(folder);
        Directory.CreateDirectory(volume.Folder);
        await using (var image = File.Create(volume._image))
            image.SetLength(megabytes * 1024L * 1024);
        // What mkfs.ext4 takes for a volume of any size that is in use; for one as small as this it would take 1,024 bytes, and a
        // full disk whose blocks are smaller than a page of memory ends whoever writes to a mapped file (SIGBUS).
        await Tool.RunAsync("mkfs.ext4", "-q", "-b", "4096", "-m", "0", volume._image);
        await volume.MountAsync();
        return volume;
    }

    /// <summary>
    /// The power goes: what was not synchronised is lost, and every later request fails. Whoever writes there must be frozen:
    /// to an <c>fdatasync</c> that is under way at this moment Linux may say that all is well (6 in 120 tries with a loop of
    /// <c>pwrite</c> and <c>fdatasync</c>, Linux 6.18, ext4; frozen before, 0 in 120), which no power cut does.
    /// </summary>
    public Task CutPowerAsync() => Tool.RunAsync("xfs_io", "-x", "-c", "shutdown", Folder);

    /// <summary>The power is back; whoever used it must be going.</summary>
    public async Task RestorePowerAsync()
    {
        await Until.TrueAsync(async () => (await Tool.TryAsync("umount", [Folder])).ExitCode == 0, Patience, () => $"nobody uses {Folder}");
        await MountAsync();
    }

    /// <summary>Uses up its space.</summary>
    public async Task FillAsync()
    {
        await using var ballast = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 1 << 16, 1 << 12 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                {
                    await ballast.WriteAsync(block);
                    ballast.Flush(flushToDisk: true);
                }
            }
            catch (IOException)
            {
                // Full, for blocks of this size.
            }
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(_ballast);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Tool.TryAsync("umount", [Folder]);

    private Task<string> MountAsync() => Tool.RunAsync("mount", "-o", "loop", _image, Folder);
}
