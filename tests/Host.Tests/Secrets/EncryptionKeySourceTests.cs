using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Tests.Secrets;

public sealed class EncryptionKeySourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_DevelopmentWithoutSettings_MakesAKeyAndKeepsIt()
    {
        var data = new DataDirectory(_directory.File("data"));
        var first = EncryptionKeySource.Load(new KeyOptions(), StubEnvironment.Development, data);
        var second = EncryptionKeySource.Load(new KeyOptions(), StubEnvironment.Development, data);
        Assert.Equal(32, first.Length);
        Assert.True(first.AsSpan().SequenceEqual(second));
        Assert.True(File.Exists(_directory.File("data/kek.key")));
    }

    [Fact]
    public void Load_ConfiguredKeyOrFile_IsUsed()
    {
        var text = Convert.ToBase64String(_key);
        var path = _directory.Write("kek", text + "\n");
        var data = new DataDirectory(_directory.File("data"));

        var inline = EncryptionKeySource.Load(new KeyOptions { EncryptionKey = text }, StubEnvironment.Production, data);
        var file = EncryptionKeySource.Load(new KeyOptions { EncryptionKeyPath = path }, StubEnvironment.Production, data);

        Assert.True(inline.AsSpan().SequenceEqual(_key));
        Assert.True(file.AsSpan().SequenceEqual(_key));
        Assert.False(Directory.Exists(data.Path));
    }

    [Fact]
    public void Load_ProductionWithoutSettings_Throws() =>
        Assert.Throws<InvalidOperationException>(() =>
            EncryptionKeySource.Load(new KeyOptions(), StubEnvironment.Production, new DataDirectory(_directory.Path)));

    [Fact]
    public void Validate_Production_RefusesWhatIsMissingDoubleOrUnsound()
    {
        var good = Convert.ToBase64String(_key);
        AssertRefused(new KeyOptions(), "Keys:EncryptionKeyPath is missing");
        AssertRefused(new KeyOptions { EncryptionKey = good, EncryptionKeyPath = "x" }, "both set");
        AssertRefused(new KeyOptions { EncryptionKey = good[..20] }, "Keys:EncryptionKey is 15 bytes long");
        AssertRefused(new KeyOptions { EncryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(33)) }, "is 33 bytes long");
        AssertRefused(new KeyOptions { EncryptionKey = Convert.ToBase64String(new byte[32]) }, "placeholder");
        AssertRefused(new KeyOptions { EncryptionKeyPath = _directory.File("none") }, "does not exist");
        Assert.True(Validate(new KeyOptions { EncryptionKey = good }, StubEnvironment.Production).Succeeded);
        Assert.True(Validate(new KeyOptions(), StubEnvironment.Development).Succeeded);
    }

    [SkippableFact]
    public void Validate_FileThatOthersRead_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "file modes are Unix's");
        var path = _directory.Write("kek", Convert.ToBase64String(_key), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        AssertRefused(new KeyOptions { EncryptionKeyPath = path }, "wider than 0640");
    }

    private void AssertRefused(KeyOptions options, string said)
    {
        var result = Validate(options, StubEnvironment.Production);
        Assert.True(result.Failed);
        Assert.Contains(said, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(_key)[..12], result.FailureMessage, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(KeyOptions options, IHostEnvironment environment) =>
        new KeyOptionsValidator(environment).Validate(null, options);
}
