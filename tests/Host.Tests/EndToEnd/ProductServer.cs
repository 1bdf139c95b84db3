using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Authentication;
using QuikApp.Host.Configuration;
using QuikApp.Host.Hosting;
using QuikApp.Host.Sessions;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Tests.Postgres;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>
/// The whole product in this process: the composition of the program, a Kestrel on 127.0.0.1 and a SQLite file in a directory
/// of its own; and the oracle that every hostile input is held against, <see cref="UnharmedAsync(Func{Task}, int)"/>.
/// </summary>
public abstract partial class ProductServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("quikapp-end-to-end-");
    private readonly ConcurrentBag<string> _secrets = [];
    private WebApplication? _app;
    private Canary? _canary;
    private string? _database;
    private int _channels;

    /// <summary>Where the server listens.</summary>
    public IPEndPoint Endpoint { get; private set; } = null!;

    /// <summary>The symmetric key that this server signs with.</summary>
    internal byte[] SigningKey => ((SymmetricSecurityKey)Service<SigningKeyRing>().Signing!.Key).Key;

    /// <summary>The name of <see cref="SigningKey"/> in a token's header.</summary>
    internal string SigningKeyId => Service<SigningKeyRing>().Keys.Single().Kid!;

    /// <summary>Whether it is on PostgreSQL this time.</summary>
    internal bool IsPostgres => _database is not null;

    /// <summary>What the server logged at the levels that an operator may turn on.</summary>
    internal CapturedLog Log { get; } = new();

    /// <summary>Settings beside those that every test server has.</summary>
    protected abstract IReadOnlyDictionary<string, string> Settings { get; }

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>Stops the server and starts it again on the same files.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var settings = new Dictionary<string, string>(Settings)
        {
            ["environment"] = "Development",
            ["urls"] = "http://127.0.0.1:0",
            ["Storage:ConnectionString"] = "Data Source=journal/quikapp.db",
            ["Sockets:SweepPeriod"] = "00:00:00.100",
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
        };
        var environment = new List<KeyValuePair<string, string>>();
        // The same suite on the other database, at the wish of whoever runs it.
        if (Environment.GetEnvironmentVariable("QUIKAPP_TESTS_STORAGE") == "postgresql")
        {
            _database ??= await (await PostgresServer.Shared()).CreateDatabaseAsync();
            (settings["Storage:Provider"], settings["Storage:PoolSize"]) = ("postgresql", "10");
            // A password is refused on the command line.
            settings.Remove("Storage:ConnectionString");
            environment.Add(KeyValuePair.Create("QUIKAPP_Storage__ConnectionString", _database));
        }

        // A machine that is busy with tests must not look like a database that is away.
        settings.TryAdd("Auth:RevocationsStaleAfter", "00:01:00");
        var configuration = ConfigurationLoader.Load(new ConfigurationInput
        {
            Arguments = [.. settings],
            Environment = environment,
            WorkingDirectory = _directory.FullName,
            ApplicationDirectory = AppContext.BaseDirectory,
        });
        var builder = HostBuilding.CreateBuilder(configuration);
        Server.Composition.AddServices(builder);
        Assert.Empty(ConfigurationCheck.Run(configuration, builder.Services.Schema(), builder.Services));
        builder.Logging.ClearProviders().AddProvider(Log);

        _app = builder.Build();
        _app.UseFrame();
        Server.Composition.MapEndpoints(_app);
        await _app.StartAsync();
        await Service<DemoWorkspace>().Ready.WaitAsync(Patience);

        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Endpoint = IPEndPoint.Parse(new Uri(address).Authority);
        await PrepareAsync();
        _canary = await Canary.ListenAsync(this);
    }

    /// <summary>Runs when the server is up, before the first client comes.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    private async Task StopAsync()
    {
        _canary?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            // What stops in good order waits for nobody until it gives up.
            Assert.DoesNotContain(Log.TakeLines(), line => line.Text.Contains("timed out, region will be stopped", StringComparison.Ordinal));
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>A service of the running server.</summary>
    internal T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>A token as the program makes them; the log is watched for it from now on.</summary>
    internal string Token(string user, Role role = Role.Member, TimeSpan? life = null, string workspace = "demo") =>
        Planted(Service<TokenIssuer>().Issue(UserId.Parse(user), [WorkspaceId.Parse(workspace)], role, life ?? TimeSpan.FromHours(1)));

    /// <summary>Notes a text that must never be logged.</summary>
    internal string Planted(string secret)
    {
        _secrets.Add(secret);
        return secret;
    }

    /// <summary>A channel of its own for a test: private with members, public without.</summary>
    internal async Task<string> ChannelAsync(params string[] members)
    {
        var channel = ChannelId.Parse($"{GetType().Name}-{Interlocked.Increment(ref _channels)}");
        var visibility = members.Length > 0 ? ChannelVisibility.Private : ChannelVisibility.Public;
        await ExecuteAsync(StreamId.Of(channel), new ConversationCommand.Create(Requester.Server, channel, DemoWorkspace.Id, channel.Value, visibility));
        foreach (var member in members)
            await ExecuteAsync(StreamId.Of(channel), new ConversationCommand.AddMember(Requester.Server, UserId.Parse(member)));
        return channel.Value;
    }

    /// <summary>Ends a membership, as an administrator would.</summary>
    internal Task RemoveMemberAsync(string channel, string user) =>
        ExecuteAsync(StreamId.Of(ChannelId.Parse(channel)), new ConversationCommand.RemoveMember(Requester.Server, UserId.Parse(user)));

    /// <summary>The sockets there are, from the server's side.</summary>
    internal IReadOnlyCollection<SocketConnection> Sockets() => [.. Service<LiveSockets>().All];

    /// <summary>
    /// Runs an attack and holds it against the oracle: exactly <paramref name="journaled"/> rows were added, nobody else
    /// noticed, no error was logged, and no secret.
    /// </summary>
    internal Task UnharmedAsync(Func<Task> attack, int journaled = 0) => UnharmedAsync(async () =>
    {
        await attack();
        return journaled;
    });

    /// <summary>As the other, for an attack that says itself how many rows it was right to add.</summary>
    internal async Task UnharmedAsync(Func<Task<int>> attack)
    {
        var rows = CountRows();
        var journaled = await attack();
        Assert.Equal(rows + journaled, CountRows());
        await _canary!.HearsAsync();
        var lines = Log.TakeLines();
        Assert.DoesNotContain(lines, line => line.Level >= LogLevel.Error);
        while (_secrets.TryTake(out var secret))
            Assert.DoesNotContain(lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>
    /// What the journal's table holds of channels and threads, read past the server, without what follows later from something
    /// else: the counts of threads and the ends of calls.
    /// </summary>
    internal long CountRows()
    {
        string Lacks(string text) => IsPostgres ? $"position('{text}'::bytea IN message) = 0" : $"instr(message, CAST('{text}' AS BLOB)) = 0";
        return (long)Sql(
            $"""
            SELECT COUNT(*) FROM journal WHERE (persistence_id LIKE 'channel-%' OR persistence_id LIKE 'thread-%')
            AND {Lacks("\"t\":\"call.")} AND {Lacks("\"t\":\"thread.updated")}
            """)!;
    }

    /// <summary>Runs a statement on the journal's database, past the server.</summary>
    internal object? Sql(string statement)
    {
        using DbConnection connection = IsPostgres
            ? new NpgsqlConnection($"{_database};Search Path=quikapp;Pooling=false")
            : new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, "journal", "quikapp.db")};Mode=ReadWrite");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of tests.
        command.CommandText = statement;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>No answer says what the server is made of or where it lies.</summary>
    internal void AssertDiscreet(string answer)
    {
        foreach (var leak in new[] { "Exception", "QuikApp.", "System.", "Microsoft.", "   at ", "Akka", "sqlite", ".cs:", _directory.FullName, AppContext.BaseDirectory })
            Assert.DoesNotContain(leak, Chance().Replace(answer, ""), StringComparison.OrdinalIgnoreCase);
    }

    // Random letters spell anything now and then: "akka" stands in one of some ten thousand cursors.
    [GeneratedRegex("(?<=_)[0-9A-HJKMNP-TV-Z]{26}|(?<=\"next\":\")[0-9A-Za-z_-]+")]
    private static partial Regex Chance();

    /// <summary>Has a conversation decide, past every client.</summary>
    internal async Task ExecuteAsync(StreamId stream, ConversationCommand command)
    {
        var region = Service<SessionServicesSource>().Current!.Conversations;
        var answer = await region.Ask<ConversationMessages.Executed>(
            self => new ConversationMessages.Execute(stream, command, 0, self, Via: null), Patience, CancellationToken.None);
        Assert.Null(answer.Refusal);
    }
}
