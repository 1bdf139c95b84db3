namespace QuikApp.Host.Tests.Configuration;

/// <summary>Rules across keys, and combinations that are not safe.</summary>
public sealed class FrameOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:4000", true)]
    [InlineData("http://localhost:4000", true)]
    [InlineData("http://[::1]:4000", true)]
    [InlineData("http://127.9.9.9:4000;http://localhost:1", true)]
    [InlineData("http://unix:/run/quikapp.sock", true)]
    [InlineData("http://0.0.0.0:4000", false)]
    [InlineData("http://[::]:4000", false)]
    [InlineData("http://*:4000", false)]
    [InlineData("http://+:4000", false)]
    [InlineData("http://chat.example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("HTTP://10.0.0.1:80/", false)]
    [InlineData("http://127.0.0.1:4000;http://10.0.0.1:4000", false)]
    [InlineData("https://0.0.0.0:443", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("nonsense", false)]
    public void Urls_InProduction_MustNotBeReachableInPlain(string urls, bool accepted)
    {
        using var sandbox = new Sandbox().Argument("urls", urls);

        Assert.Equal(accepted, sandbox.Check().Count == 0);
        Assert.All(sandbox.Check(), problem => Assert.Equal("Urls", problem.Key));
    }

    [Fact]
    public void Urls_OpenInDevelopment_IsAccepted()
    {
        using var sandbox = new Sandbox().Argument("environment", "Development").Argument("urls", "http://0.0.0.0:4000");

        Assert.Empty(sandbox.Check());
    }

    [Fact]
    public void Urls_OpenBehindADeclaredProxy_IsAccepted()
    {
        using var sandbox = new Sandbox().Argument("urls", "http://0.0.0.0:4000").Argument("Http:TrustedProxies:0", "10.0.0.0/8");

        Assert.Empty(sandbox.Check());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("proxy")]
    [InlineData("10.0.0.1/33")]
    public void TrustedProxies_ThatNameNobody_AreRefused(string proxy)
    {
        using var sandbox = new Sandbox().Argument("Http:TrustedProxies:0", proxy);

        Assert.Equal("Http:TrustedProxies:0", Assert.Single(sandbox.Check()).Key);
    }

    [Fact]
    public void KestrelEndpoint_OpenInPlain_IsRefusedByItsKey()
    {
        using var sandbox = new Sandbox().Argument("Kestrel:Endpoints:Main:Url", "http://0.0.0.0:80");

        Assert.Equal("Kestrel:Endpoints:Main:Url", Assert.Single(sandbox.Check()).Key);
    }

    [Theory]
    [InlineData("Kestrel:Certificates:Default:Path", "missing.pem")]
    [InlineData("Kestrel:EndpointDefaults:SslProtocols:0", "Tls11")]
    public void Kestrel_CertificateOrProtocolThatCannotServe_IsRefusedByItsKey(string key, string value)
    {
        using var sandbox = new Sandbox().Argument(key, value);

        Assert.Equal(key, Assert.Single(sandbox.Check()).Key);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=a.db;Mode=Memory")]
    [InlineData("Data Source=a.db;Mode=ReadOnly")]
    [InlineData("Data Source=file:a.db?mode=memory")]
    [InlineData("Data Source=a.db;Colour=red")]
    [InlineData("Data Source=a.db;Mode=nonsense")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=.")]
    [InlineData("a.db")]
    [InlineData("")]
    public void ConnectionString_ThatKeepsNothing_IsRefused(string text)
    {
        using var sandbox = new Sandbox().Variable("QUIKAPP_Storage__ConnectionString", text);

        Assert.Equal("Storage:ConnectionString", Assert.Single(sandbox.Check()).Key);
    }

    [Fact]
    public void ConnectionString_BelowAFile_IsRefused()
    {
        using var sandbox = new Sandbox().File("plain", "").Argument("Storage:ConnectionString", "Data Source=plain/quikapp.db");

        Assert.Contains("which is a file", Assert.Single(sandbox.Check()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("node1")]
    [InlineData("10.0.0.1")]
    public void Hostname_ThatIsNoLoopback_IsRefusedInProduction(string name)
    {
        using var sandbox = new Sandbox().Argument("Cluster:Hostname", name);

        Assert.Equal("Cluster:Hostname", Assert.Single(sandbox.Check()).Key);
    }

    [Fact]
    public void SeedNodes_WithoutAFixedPort_AreRefused()
    {
        using var sandbox = new Sandbox().Argument("Cluster:SeedNodes:0", "127.0.0.1:4053");

        Assert.Contains(sandbox.Check(), problem => problem.Key == "Cluster:Port");
    }

    [Fact]
    public void SeedNodes_OnSqlite_AreRefused()
    {
        using var sandbox = new Sandbox().Argument("Cluster:Port", "4053").Argument("Cluster:SeedNodes:0", "127.0.0.1:4053");

        Assert.Equal("Cluster:SeedNodes", Assert.Single(sandbox.Check()).Key);
    }

    [Theory]
    [InlineData("node1")]
    [InlineData("node1:0")]
    [InlineData("node1:65536")]
    [InlineData("node1:+80")]
    [InlineData(":4053")]
    [InlineData("akka.tcp://quikapp@node1:4053")]
    [InlineData("")]
    public void SeedNode_ThatIsNoHostAndPort_IsRefused(string node)
    {
        using var sandbox = new Sandbox().Argument("Cluster:Port", "4053").Argument("Cluster:SeedNodes:0", node);

        Assert.Contains(sandbox.Check(), problem => problem.Key == "Cluster:SeedNodes:0");
    }
}
