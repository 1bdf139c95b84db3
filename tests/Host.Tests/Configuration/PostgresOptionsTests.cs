using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

/// <summary>What a configuration with PostgreSQL must say before the server starts.</summary>
public sealed class PostgresOptionsTests
{
    private const string Sound = "Host=db.example.com;Database=quikapp;Username=quikapp_app;SSL Mode=VerifyFull";

    [Theory]
    [InlineData(Sound)]
    [InlineData("Host=127.0.0.1;Database=quikapp;Username=quikapp_app")]
    [InlineData("Server=localhost;Port=5433;Database=quikapp;User Id=quikapp_app")]
    [InlineData("Host=/run/postgresql;Database=quikapp;Username=quikapp_app")]
    public void ConnectionString_Sound_IsAccepted(string text)
    {
        using var sandbox = Postgres(text);
        Assert.Empty(sandbox.Check());
    }

    [Theory]
    [InlineData("Data Source=data/quikapp.db", "is not a connection string of PostgreSQL")]
    [InlineData("Host=db;Prot=1", "is not a connection string of PostgreSQL")]
    [InlineData("Host=db;Port=x", "is not a connection string of PostgreSQL")]
    [InlineData("Database=quikapp;Username=a", "names no host")]
    [InlineData("Host=a,b;Database=quikapp;Username=a;SSL Mode=VerifyFull", "several hosts")]
    [InlineData("Host=127.0.0.1;Username=a", "names no database")]
    [InlineData("Host=127.0.0.1;Database=quikapp", "names no role")]
    [InlineData("Host=db;Database=quikapp;Username=a", "add SSL Mode=VerifyFull")]
    [InlineData("Host=db;Database=quikapp;Username=a;SSL Mode=Require", "add SSL Mode=VerifyFull")]
    [InlineData("Host=10.0.0.1;Database=quikapp;Username=a;SSL Mode=VerifyCA", "add SSL Mode=VerifyFull")]
    public void ConnectionString_Unsound_IsRefusedWithTheFix(string text, string fix)
    {
        using var sandbox = Postgres(text);
        var problem = Assert.Single(sandbox.Check());
        Assert.Equal("Storage:ConnectionString", problem.Key);
        Assert.Contains(fix, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysConnectionString_Unsound_IsRefusedByItsName()
    {
        using var sandbox = Postgres(Sound).Argument("Storage:KeysConnectionString", "Host=keys.example.com;Database=keys;Username=a");
        Assert.Equal("Storage:KeysConnectionString", Assert.Single(sandbox.Check()).Key);
    }

    [Fact]
    public void Password_GivenTwice_IsRefusedAndShownNowhere()
    {
        using var sandbox = new Sandbox()
            .Argument("Storage:Provider", "postgresql")
            .Variable("QUIKAPP_Storage__ConnectionString", $"{Sound};Password=canary-one")
            .Variable("QUIKAPP_Storage__Password", "canary-two");
        var problem = Assert.Single(sandbox.Check());
        Assert.Contains("keep one of them", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_WithPasswords_MasksThem()
    {
        using var sandbox = new Sandbox()
            .Argument("Storage:Provider", "postgresql")
            .Variable("QUIKAPP_Storage__ConnectionString", Sound)
            .Variable("QUIKAPP_Storage__KeysConnectionString", $"{Sound};Password=canary-one")
            .Variable("QUIKAPP_Storage__Password", "canary-two");
        Assert.Empty(sandbox.Check());
        var lines = sandbox.Describe();
        Assert.Contains(lines, line => line.StartsWith("Storage:Password = ***", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Storage:KeysConnectionString", "QUIKAPP_Storage__KeysConnectionString", Sound)]
    [InlineData("Storage:Password", "QUIKAPP_Storage__Password", "canary")]
    public void Sqlite_WithWhatIsForPostgresql_IsRefused(string key, string variable, string value)
    {
        using var sandbox = new Sandbox().Variable(variable, value);
        var problem = Assert.Single(sandbox.Check());
        Assert.Equal(key, problem.Key);
        Assert.Contains("is for PostgreSQL", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Postgres_PasswordApart_GoesIntoTheConnectionStringsThatHaveNone()
    {
        var options = new StorageOptions
        {
            Provider = StorageProvider.Postgresql,
            ConnectionString = Sound,
            KeysConnectionString = $"{Sound};Password=own",
            Password = "apart",
        }.Postgres();
        Assert.Contains("Password=apart", options.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("Password=own", options.KeysConnectionString, StringComparison.Ordinal);
    }

    private static Sandbox Postgres(string connectionString) =>
        new Sandbox().Argument("Storage:Provider", "postgresql").Argument("Storage:ConnectionString", connectionString);
}
