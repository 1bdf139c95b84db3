using Microsoft.Extensions.Options;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    private const string Canary = "canary-4711-canary";

    [Fact]
    public void Check_NothingSet_FindsNothing()
    {
        using var sandbox = new Sandbox();

        Assert.Empty(sandbox.Check());
    }

    [Fact]
    public void Check_SeveralFaults_TellsAllAtOnce()
    {
        using var sandbox = new Sandbox()
            .Argument("Cluster:Port", "abc")
            .Argument("Cluster:Prot", "1")
            .Argument("Cluster:Hostname", "0.0.0.0")
            .Argument("Limits:EventBurst", "0")
            .Argument("Urls", "http://0.0.0.0:80")
            .File("appsettings.json", "{");

        Assert.Equal(
            ["Cluster:Hostname", "Cluster:Port", "Cluster:Prot", "Limits:EventBurst", "Urls"],
            sandbox.Check().Select(problem => problem.Key).Where(key => !key.Contains("appsettings", StringComparison.Ordinal)));
        Assert.Contains(sandbox.Check(), problem => problem.Key.EndsWith("appsettings.json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Cluster", "1", "is a section")]
    [InlineData("Cluster:SeedNodes", "a:1", "is a list")]
    [InlineData("Cluster:SeedNodes:first", "a:1", "is not a known key")]
    [InlineData("Cluster:Port:Number", "1", "is not a known key")]
    [InlineData("Kestrel:Endpoints", "x", "is a map")]
    [InlineData("Logging:LogLevel:Default", "Loud", "must be one of trace")]
    [InlineData("Nonsense", "1", "is not a known key")]
    public void Check_ValueInAWrongPlace_SaysWhatBelongsThere(string key, string value, string expected)
    {
        using var sandbox = new Sandbox().Argument(key, value);

        var problem = Assert.Single(sandbox.Check());
        Assert.Equal(key, problem.Key);
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_KeyOfTheWorstKind_StaysOnOneShortLine()
    {
        using var sandbox = new Sandbox().Argument($"A\nquikapp: all is well:{new string('x', 10_000)}", "1");

        var line = Assert.Single(sandbox.Check()).ToString();
        Assert.DoesNotContain('\n', line);
        Assert.InRange(line.Length, 1, 512);
    }

    [Fact]
    public void Check_SecretOfAWrongForm_IsNotRepeated()
    {
        using var sandbox = WithSecrets().Variable("QUIKAPP_Safe__PinKey", Canary);

        var problem = Assert.Single(sandbox.Check());
        Assert.Equal("Safe:PinKey", problem.Key);
        Assert.DoesNotContain(Canary, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ValidatorThatRepeatsASecret_IsSilenced()
    {
        using var sandbox = WithSecrets().Variable("QUIKAPP_Safe__Password", Canary);

        Assert.Equal("Safe:Password: *** is too weak", Assert.Single(sandbox.Check()).ToString());
    }

    [Theory]
    [InlineData("Safe:SigningKeys:0", Canary)]
    [InlineData("Storage:ConnectionString", $"Data Source=a.db;Password={Canary}")]
    public void Check_SecretOnTheCommandLine_IsRefused(string key, string value)
    {
        using var sandbox = WithSecrets().Argument(key, value);

        var problem = sandbox.Check().First(found => found.Key == key);
        Assert.Contains($"set QUIKAPP_{key.Replace(":", "__", StringComparison.Ordinal)} instead", string.Concat(sandbox.Check()), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, problem.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, false)]
    public void Check_SecretInAFile_MustBePrivate(UnixFileMode mode, bool accepted)
    {
        Skip.If(OperatingSystem.IsWindows(), "file modes are those of Unix");
        using var sandbox = WithSecrets().File("appsettings.json", $$$"""{"Safe":{"SigningKeys":["{{{Canary}}}"]}}""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(sandbox.Working, "appsettings.json"), mode);

        var problems = sandbox.Check();
        if (accepted)
            Assert.Empty(problems);
        else
            Assert.Contains("wider than 0640", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Secrets_AreMasked()
    {
        using var sandbox = WithSecrets()
            .Variable("QUIKAPP_Safe__SigningKeys__0", Canary)
            .Variable("QUIKAPP_Safe__Endpoint", $"https://user:{Canary}@example.com/")
            .Variable("QUIKAPP_Safe__ConnectionString", $"Host=db;Password={Canary};Username=app");

        var lines = sandbox.Describe();

        Assert.DoesNotContain(lines, line => line.Contains(Canary, StringComparison.Ordinal));
        Assert.Contains("Safe:SigningKeys:0 = *** (environment QUIKAPP_Safe__SigningKeys__0)", lines);
        Assert.Contains(lines, line => line.StartsWith("Safe:ConnectionString = ", StringComparison.Ordinal) && line.Contains("app", StringComparison.Ordinal));
    }

    [Fact]
    public void Describe_EveryKey_HasValueAndSourceInOrder()
    {
        using var sandbox = new Sandbox()
            .File("appsettings.json", """{"Limits":{"EventBurst":5}}""")
            .Variable("QUIKAPP_LIMITS__SENDBURST", "6")
            .Argument("cluster:port", "7");

        var lines = sandbox.Describe();

        Assert.Contains($"Limits:EventBurst = 5 ({Path.Combine(sandbox.Working, "appsettings.json")})", lines);
        Assert.Contains("Limits:SendBurst = 6 (environment QUIKAPP_Limits__SendBurst)", lines);
        Assert.Contains("Cluster:Port = 7 (command line)", lines);
        Assert.Contains("Limits:TopicsPerSocket = 100 (default)", lines);
        Assert.Contains("Environment = Production (default)", lines);
        Assert.Equal(lines.Order(StringComparer.OrdinalIgnoreCase), lines);
    }

    [Theory]
    [InlineData("Production", "false")]
    [InlineData("Development", "true")]
    public void Describe_Demo_IsOnInDevelopmentOnly(string environment, string expected)
    {
        using var sandbox = new Sandbox().Argument("environment", environment);

        Assert.Contains($"Demo:Enabled = {expected} (default)", sandbox.Describe());
    }

    [Fact]
    public void Register_SectionOfAnotherType_IsADefect()
    {
        var schema = new ConfigurationSchema();
        schema.Register<SafeOptions>("Safe");
        schema.Register<SafeOptions>("Safe");

        Assert.Throws<InvalidOperationException>(() => schema.Register<ClusterOptions>("Safe"));
    }

    private static Sandbox WithSecrets() => new()
    {
        Features = services => services.AddQuikAppOptions<SafeOptions, SafeOptionsValidator>("Safe"),
    };

    private sealed class SafeOptions
    {
        public List<string> SigningKeys { get; set; } = [];

        public int PinKey { get; set; }

        public string? Password { get; set; }

        public Uri? Endpoint { get; set; }

        public string? ConnectionString { get; set; }
    }

    private sealed class SafeOptionsValidator : IValidateOptions<SafeOptions>
    {
        public ValidateOptionsResult Validate(string? name, SafeOptions options) =>
            options.Password is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"Safe:Password: {options.Password} is too weak");
    }
}
