namespace QuikApp.Protocol.Tests;

/// <summary>Where this repository's files are, found from the test binary upwards.</summary>
internal static class SourceTree
{
    /// <summary>The path of a file or folder, given by its parts from the root of the repository.</summary>
    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QuikApp.Akka.sln")))
            folder = folder.Parent;
        Assert.True(folder is not null, "the tests do not run within the repository");
        return Path.Combine([folder!.FullName, .. parts]);
    }
}
