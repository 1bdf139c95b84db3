using QuikApp.Host.CommandLine;
using QuikApp.Host.Configuration;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.CommandLine;

public sealed class CommandLineApplicationTests
{
    [Fact]
    public async Task Token_AllOptions_ReachTheSourceAndOnlyTheTokenIsPrinted()
    {
        var run = await RunAsync("token", "--user", "alice", "--workspace", "acme", "--role", "admin", "--ttl", "7d");

        Assert.Equal((0, $"signed{Environment.NewLine}", ""), (run.Code, run.Output, run.Errors));
        Assert.Equal(new TokenRequest(UserId.Parse("alice"), WorkspaceId.Parse("acme"), "admin", TimeSpan.FromDays(7)), run.Request);
    }

    [Fact]
    public async Task Token_UserOnly_GetsTheDefaults()
    {
        var run = await RunAsync("token", "--user=alice");

        Assert.Equal(new TokenRequest(UserId.Parse("alice"), WorkspaceId.Parse("demo"), "member", TimeSpan.FromHours(1)), run.Request);
    }

    [Fact]
    public async Task Token_SettingsBesideOptions_AreConfiguration()
    {
        var run = await RunAsync("token", "--user", "alice", "--Cluster:Port", "4053", "--environment=Development");

        Assert.Equal(0, run.Code);
        Assert.Equal([KeyValuePair.Create("Cluster:Port", "4053"), KeyValuePair.Create("environment", "Development")], run.Settings);
    }

    [Fact]
    public async Task Token_WrongConfiguration_IsRefusedBeforeAnythingIsSigned()
    {
        var run = await RunAsync("token", "--user", "alice", "--Cluster:Port=abc");

        Assert.Equal((ExitCode.Configuration, "", null), (run.Code, run.Output, run.Request));
        Assert.StartsWith("quikapp: Cluster:Port: must be a whole number", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "--user")]
    [InlineData("token", "--user", "")]
    [InlineData("token", "--user", "a b")]
    [InlineData("token", "--user", "a\nb")]
    [InlineData("token", "--user", "alice", "--user", "bob")]
    [InlineData("token", "--user", "alice", "--role", "god")]
    [InlineData("token", "--user", "alice", "--role", "Admin")]
    [InlineData("token", "--user", "alice", "--ttl", "1")]
    [InlineData("token", "--user", "alice", "--workspace", "../x")]
    [InlineData("token", "--user", "alice", "--tll", "1h")]
    [InlineData("token", "--user", "alice", "--Verbose=true")]
    [InlineData("token", "--user", "alice", "bob")]
    [InlineData("tokne", "--user", "alice")]
    [InlineData("config")]
    [InlineData("config", "chekc")]
    [InlineData("config", "check", "--all")]
    [InlineData("serve", "--verbose")]
    [InlineData("serve", "--Cluster:Port")]
    [InlineData("serve", "--Cluster:Port", "--urls", "x")]
    [InlineData("serve", "now")]
    [InlineData("serve", "-v")]
    [InlineData("serve", "--=x")]
    [InlineData("serve", "/Cluster:Port=1")]
    [InlineData("Cluster:Port=1")]
    [InlineData("@arguments")]
    [InlineData("[diagram]")]
    [InlineData("--", "--")]
    [InlineData("--", "now")]
    public async Task Run_CommandLineThatMakesNoSense_IsAUsageError(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Null(run.Request);
        Assert.All(run.Errors.TrimEnd().Split(Environment.NewLine), line => Assert.StartsWith("quikapp: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_HugeArgument_IsAnsweredInAShortLine()
    {
        var run = await RunAsync("token", "--user", new string('x', 10_240));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.InRange(run.Errors.Length, 1, 512);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("token", "--help")]
    [InlineData("--version")]
    public async Task Run_HelpAndVersion_AreResults(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal((0, ""), (run.Code, run.Errors));
        Assert.NotEmpty(run.Output);
    }

    [Fact]
    public async Task Check_SoundConfiguration_IsPrinted()
    {
        var run = await RunAsync("config", "check", "--Cluster:Port=4053");

        Assert.Equal((0, ""), (run.Code, run.Errors));
        Assert.Contains("Cluster:Port = 4053 (command line)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DefectInAFeature_IsNoConfigurationErrorAndKeepsSecrets()
    {
        var run = await RunAsync(_ => throw new InvalidOperationException("cannot use canary-4711"), "token", "--user", "alice");

        Assert.Equal(ExitCode.Defect, run.Code);
        Assert.DoesNotContain("canary-4711", run.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot use ***", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RefusalOfAFeature_IsToldWithoutATrace()
    {
        var run = await RunAsync(_ => throw new FormatException("the file is locked"), "token", "--user", "alice");

        Assert.Equal((ExitCode.Configuration, $"quikapp: Storage:ConnectionString: the file is locked{Environment.NewLine}"), (run.Code, run.Errors));
    }

    private static Task<Run> RunAsync(params string[] args) => RunAsync(_ => "signed", args);

    private static async Task<Run> RunAsync(Func<TokenRequest, string> source, params string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("quikapp-verbs-");
        try
        {
            using var output = new StringWriter();
            using var errors = new StringWriter();
            TokenRequest? request = null;
            IReadOnlyList<KeyValuePair<string, string>> settings = [];
            var composition = new HostComposition
            {
                AddServices = builder => builder.Services.AddQuikAppSection<Vault>("Vault"),
                MapEndpoints = _ => { },
                Started = (_, _) => Task.CompletedTask,
                Tokens = _ => wanted => source(request = wanted),
                Migrate = _ => "migrated",
                Explain = exception => exception is FormatException refusal ? new("Storage:ConnectionString", refusal.Message) : null,
            };
            var application = new CommandLineApplication(composition, output, errors, given => new ConfigurationInput
            {
                Arguments = settings = given,
                Environment = [KeyValuePair.Create("QUIKAPP_Vault__Password", "canary-4711")],
                WorkingDirectory = directory.FullName,
                ApplicationDirectory = directory.FullName,
            });
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var code = await application.RunAsync(args, patience.Token);
            Assert.False(patience.IsCancellationRequested, "a server was started");
            return new(code, output.ToString(), errors.ToString(), request, settings);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private sealed record Run(int Code, string Output, string Errors, TokenRequest? Request, IReadOnlyList<KeyValuePair<string, string>> Settings);

    private sealed class Vault
    {
        public string? Password { get; set; }
    }
}
