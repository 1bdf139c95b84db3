namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>Directories 0700 and files 0600: what is stored is for the service's account alone.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnDirectory = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Makes the directory, or narrows it if it is empty or already holds <paramref name="file"/>.</summary>
    /// <exception cref="StorageRefusedException">Others can look into it and it holds something else: narrowing it could break what is there.</exception>
    public static void PrepareDirectory(string directory, string file)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
                return;
            }
            if (!Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory, OwnDirectory);
                return;
            }
            if ((File.GetUnixFileMode(directory) & Others) == 0)
                return;
            if (Directory.EnumerateFileSystemEntries(directory).Any() && !File.Exists(Path.Combine(directory, file)))
                throw new StorageRefusedException($"the data directory {directory} is open to other accounts and holds other files: give the data a directory of its own, or chmod 0700");
            File.SetUnixFileMode(directory, OwnDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageRefusedException($"the data directory {directory} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Opens a file, made with mode 0600 if it is missing.</summary>
    /// <exception cref="IOException">It cannot be opened, or <paramref name="share"/> does not go with who has it open.</exception>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return new FileStream(path, options);
    }

    /// <summary>Makes an empty file with mode 0600, or narrows the one that is there. SQLite gives its log files the same mode.</summary>
    public static void PrepareFile(string path)
    {
        try
        {
            using (Open(path, FileShare.ReadWrite))
            {
            }
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                File.SetUnixFileMode(path, OwnFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageRefusedException($"the database file {path} cannot be used: {e.Message}", e);
        }
    }
}
