namespace QuikApp.Host.Secrets;

/// <summary>Where a single node keeps what it makes for itself: the journal of SQLite and, in Development, its keys.</summary>
/// <param name="Path">A directory; relative to the working directory. Made with mode 0700 when it is first written to.</param>
internal sealed record DataDirectory(string Path)
{
    /// <summary>The full path of a file of this directory.</summary>
    public string File(string name) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, name));
}
