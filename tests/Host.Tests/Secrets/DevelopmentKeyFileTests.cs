using QuikApp.Host.Secrets;

namespace QuikApp.Host.Tests.Secrets;

public sealed class DevelopmentKeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ReadOrMake_Twice_GivesTheSameRandomKey()
    {
        var path = _directory.File("data/signing.key");
        var first = DevelopmentKeyFile.ReadOrMake(path);
        var second = DevelopmentKeyFile.ReadOrMake(path);
        var other = DevelopmentKeyFile.ReadOrMake(_directory.File("data/other.key"));

        Assert.Equal(32, first.Bytes!.Length);
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.NotEqual(first.Bytes, other.Bytes);
    }

    [Fact]
    public void ReadOrMake_ManyAtOnce_AgreeOnOneKey()
    {
        var path = _directory.File("signing.key");
        var keys = new byte[16][];
        Parallel.For(0, keys.Length, i => keys[i] = DevelopmentKeyFile.ReadOrMake(path).Bytes!);
        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Single(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void ReadOrMake_DamagedFile_IsRefusedAndKept()
    {
        var path = _directory.Write("signing.key", "half a ke");
        var read = DevelopmentKeyFile.ReadOrMake(path);
        Assert.False(read.Succeeded);
        Assert.Contains("delete it", read.Problem, StringComparison.Ordinal);
        Assert.Equal("half a ke", File.ReadAllText(path));
    }
}
