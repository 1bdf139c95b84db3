namespace QuikApp.Host.Secrets;

/// <summary>Reads and makes the files that hold secrets, and refuses those that others on the machine may read.</summary>
internal static class SecretFile
{
    /// <summary>The longest secret file, in bytes: a 16,384-bit RSA key in PEM is 13 KB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const UnixFileMode Widest = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a file whose mode must not be wider than 0640.</summary>
    public static SecretRead Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

            // Asked of the open handle, not of the path: a link's own mode says nothing, and the path may change in between.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~Widest) != 0)
                return SecretRead.Failed($"{path} has a file mode wider than 0640; run: chmod 0600 {path}");

            var buffer = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > MaxBytes
                ? SecretRead.Failed($"{path} is longer than {MaxBytes} bytes and so no key")
                : SecretRead.Of(buffer[..length]);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return SecretRead.Failed($"{path} does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return SecretRead.Failed($"{path} cannot be read; give the server's user read access to a regular file");
        }
    }

    /// <summary>
    /// Writes a new file, mode 0600, that appears whole or not at all. False when the path was taken: another process was
    /// faster, and its content stands.
    /// </summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            Write(draft, content);
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;

        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    private static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }
}
