using QuikApp.Host.Secrets;

namespace QuikApp.Host.Tests.Secrets;

public sealed class SecretFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableTheory]
    [InlineData("0400", true)]
    [InlineData("0600", true)]
    [InlineData("0640", true)]
    [InlineData("0440", true)]
    [InlineData("0644", false)]
    [InlineData("0660", false)]
    [InlineData("0604", false)]
    [InlineData("0777", false)]
    public void Read_FileMode_MustNotBeWiderThan0640(string mode, bool allowed)
    {
        Skip.If(OperatingSystem.IsWindows(), "file modes are Unix's");
        var path = _directory.Write("a.key", "x", (UnixFileMode)Convert.ToInt32(mode, 8));

        var read = SecretFile.Read(path);

        Assert.Equal(allowed, read.Succeeded);
        if (!allowed)
            Assert.Contains("chmod 0600", read.Problem, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Read_LinkToAWideFile_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "file modes are Unix's");
        var path = _directory.Write("wide.key", "x", UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(_directory.File("link.key"), path);
        Assert.False(SecretFile.Read(_directory.File("link.key")).Succeeded);
    }

    [Fact]
    public void Read_NoFileDirectoryOrHugeFile_SaysSo()
    {
        Assert.Contains("does not exist", SecretFile.Read(_directory.File("none")).Problem, StringComparison.Ordinal);
        Assert.Contains("cannot be read", SecretFile.Read(_directory.Path).Problem, StringComparison.Ordinal);
        var huge = _directory.Write("huge", new string('a', SecretFile.MaxBytes + 1));
        Assert.Contains("longer than", SecretFile.Read(huge).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCreate_NewFile_IsWholeAndPrivate()
    {
        var path = _directory.File("made/here.key");

        Assert.True(SecretFile.TryCreate(path, "abc"u8));

        Assert.Equal("abc", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }
    }

    [Fact]
    public void TryCreate_TakenPath_LeavesTheFirstContent()
    {
        var path = _directory.Write("a.key", "first");
        Assert.False(SecretFile.TryCreate(path, "second"u8));
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_directory.Path));
    }
}
