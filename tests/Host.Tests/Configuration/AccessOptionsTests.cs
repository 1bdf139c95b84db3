using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

/// <summary>A directory that could not be asked, or whose answers others could give, stops the start.</summary>
public sealed class AccessOptionsTests
{
    private const string Secret = "sk-4711-0123456789abcdefghijklmnop";

    [Theory]
    [InlineData("https://directory.example.com/membership")]
    [InlineData("http://127.0.0.1:8080/m")]
    [InlineData("http://localhost/m")]
    [InlineData("http://[::1]:8080/m")]
    public void Check_SoundCallback_FindsNothing(string url)
    {
        using var sandbox = Callback(url, Secret);
        Assert.Empty(sandbox.Check());
    }

    [Theory]
    [InlineData("http://directory.example.com/membership", "https")]
    [InlineData("http://10.0.0.1/m", "https")]
    [InlineData("ftp://127.0.0.1/m", "https")]
    [InlineData("directory.example.com", "https")]
    [InlineData("/membership", "https")]
    [InlineData("https://user:password@directory.example.com/", "no user")]
    [InlineData("https://directory.example.com/#x", "fragment")]
    [InlineData("", "is missing")]
    public void Check_UnsoundAddress_NamesKeyAndFix(string url, string expected)
    {
        using var sandbox = Callback(url, Secret);
        var problem = Assert.Single(sandbox.Check());
        Assert.Equal("Access:CallbackUrl", problem.Key);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password@", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("short", "must be 32 to 512")]
    [InlineData("with blanks 0123456789abcdefghijklmnop", "must be 32 to 512")]
    [InlineData("umlauts-äöü-0123456789abcdefghijklmnop", "must be 32 to 512")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "placeholder")]
    public void Check_UnsoundSecret_NamesKeyAndFixAndNotTheSecret(string secret, string expected)
    {
        using var sandbox = Callback("https://directory.example.com/", secret);
        var problem = Assert.Single(sandbox.Check());
        Assert.Equal("Access:CallbackToken", problem.Key);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Contains("openssl rand", problem.Message, StringComparison.Ordinal);
        if (secret.Length > 0)
            Assert.DoesNotContain(secret, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SecretOnTheCommandLine_IsRefused()
    {
        using var sandbox = Callback("https://directory.example.com/", "").Argument("Access:CallbackToken", Secret);
        Assert.Contains(sandbox.Check(), problem => problem.Key == "Access:CallbackToken" && problem.Message.Contains("command line", StringComparison.Ordinal));
        Assert.DoesNotContain(sandbox.Describe(), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_SecretInAFile_IsReadWithItsMode()
    {
        using var sandbox = Callback("https://directory.example.com/", "").File("token", Secret + "\n");
        var file = Path.Combine(sandbox.Working, "token");
        sandbox.Argument("Access:CallbackTokenPath", file);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("0640", Assert.Single(sandbox.Check()).Message, StringComparison.Ordinal);
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        Assert.Empty(sandbox.Check());
        sandbox.Variable("QUIKAPP_Access__CallbackToken", Secret);
        Assert.Contains("remove one of them", Assert.Single(sandbox.Check()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("journal")]
    public void Check_CallbackThatNobodyAsks_IsRefused(string source)
    {
        using var sandbox = Callback("https://directory.example.com/", Secret, source);
        Assert.Equal(["Access:CallbackToken", "Access:CallbackUrl"], sandbox.Check().Select(problem => problem.Key));
    }

    [Theory]
    [InlineData("Access:CallbackTimeout", "00:00:10")]
    [InlineData("Access:CallbackCacheYes", "00:00:00")]
    [InlineData("Access:CallbackConcurrency", "0")]
    [InlineData("Access:Source", "ldap")]
    public void Check_ValueOutOfRange_NamesTheKey(string key, string value)
    {
        using var sandbox = Callback("https://directory.example.com/", Secret).Argument(key, value);
        Assert.Contains(sandbox.Check(), problem => problem.Key == key);
    }

    private static Sandbox Callback(string url, string secret, string source = "callback")
    {
        var sandbox = new Sandbox
        {
            Features = services => services.AddQuikAppOptions<AccessOptions, AccessOptionsValidator>(AccessOptions.SectionName),
        };
        // An address with a password is itself refused on a command line.
        sandbox.Argument("Access:Source", source).Variable("QUIKAPP_Access__CallbackUrl", url);
        return secret.Length == 0 ? sandbox : sandbox.Variable("QUIKAPP_Access__CallbackToken", secret);
    }
}
