namespace QuikApp.Host.Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void Load_SameKeyEverywhere_StrongestSourceWins()
    {
        using var sandbox = new Sandbox().Argument("environment", "Staging");
        File.WriteAllText(Path.Combine(sandbox.Application, "appsettings.json"), """{"A":{"1":"app","2":"app","3":"app","4":"app","5":"app"}}""");
        File.WriteAllText(Path.Combine(sandbox.Application, "appsettings.Staging.json"), """{"A":{"2":"app-env","3":"app-env","4":"app-env","5":"app-env"}}""");
        sandbox.File("appsettings.json", """{"A":{"3":"root","4":"root","5":"root"}}""")
            .Variable("QUIKAPP_A__4", "variable").Variable("QUIKAPP_a__5", "variable")
            .Argument("A:5", "argument");

        var loaded = sandbox.Load();

        Assert.Equal(["app", "app-env", "root", "variable", "argument"], Enumerable.Range(1, 5).Select(i => loaded.TryFind($"A:{i}", out var value, out _) ? value : null));
    }

    [Fact]
    public void Load_DuplicateInJson_NamesTheKey()
    {
        using var sandbox = new Sandbox().File("appsettings.json", """{"Cluster":{"Port":1,"port":2}}""");

        Assert.Contains("Cluster:port twice", Assert.Single(sandbox.Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DuplicateVariable_NamesTheKey()
    {
        using var sandbox = new Sandbox().Variable("QUIKAPP_Cluster__Port", "1").Variable("QUIKAPP_CLUSTER__PORT", "1");

        Assert.Equal("Cluster:Port", Assert.Single(sandbox.Check()).Key, ignoreCase: true);
    }

    [Fact]
    public void Load_DuplicateArgument_NamesTheKey()
    {
        using var sandbox = new Sandbox().Argument("Cluster:Port", "1").Argument("cluster:port", "2");

        Assert.Equal("Cluster:Port", Assert.Single(sandbox.Check()).Key, ignoreCase: true);
    }

    [Theory]
    [InlineData("""{"Password":"canary""")]
    [InlineData("""[]""")]
    [InlineData("canary")]
    [InlineData("")]
    public void Load_FileThatIsNoJson_TellsWhereAndNotWhat(string text)
    {
        using var sandbox = new Sandbox().File("appsettings.json", text);

        var problem = Assert.Single(sandbox.Check());
        Assert.Equal(Path.Combine(sandbox.Working, "appsettings.json"), problem.Key);
        Assert.DoesNotContain("canary", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DirectoryInPlaceOfAFile_NamesIt()
    {
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(Path.Combine(sandbox.Working, "appsettings.json"));

        Assert.Contains("cannot be read", Assert.Single(sandbox.Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FilesOfBothDirectories_WithTheSamePathReadOnce()
    {
        using var sandbox = new Sandbox().File("appsettings.json", """{"Cluster":{"Port":1}}""").Argument("contentRoot", "../work/.");

        Assert.Single(sandbox.Load().Layers, layer => layer.Name.EndsWith("appsettings.json", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_Credentials_AreKeysAndMustBePrivate()
    {
        using var sandbox = new Sandbox();
        var directory = Directory.CreateDirectory(Path.Combine(sandbox.Root, "credentials")).FullName;
        var file = Path.Combine(directory, "Cluster__Port");
        File.WriteAllText(file, "4053\n");
        File.WriteAllText(Path.Combine(directory, "server.pem"), "not ours");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        sandbox.Variable("CREDENTIALS_DIRECTORY", directory);

        Assert.Contains("Cluster:Port = 4053 (credentials)", sandbox.Describe());
        Assert.Empty(sandbox.Check());

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("wider than 0640", Assert.Single(sandbox.Check()).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a b")]
    public void Load_EnvironmentNameThatIsAPath_IsRefused(string name)
    {
        using var sandbox = new Sandbox().Argument("environment", name);

        Assert.Equal("Environment", Assert.Single(sandbox.Check()).Key);
    }

    [Fact]
    public void Load_EnvironmentName_OurVariableBeatsTheOneOfDotnet()
    {
        using var sandbox = new Sandbox().Variable("DOTNET_ENVIRONMENT", "Development").Variable("QUIKAPP_ENVIRONMENT", "Production");

        Assert.Equal("Production", sandbox.Load().EnvironmentName);
    }

    [Fact]
    public void Load_VariablesOfOthers_AreNotOurs()
    {
        using var sandbox = new Sandbox().Variable("Cluster__Port", "abc").Variable("DOTNET_Cluster__Port", "abc").Variable("PATH", "/bin");

        Assert.Empty(sandbox.Check());
    }
}
