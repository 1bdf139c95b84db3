using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using QuikApp.Host.Tests.CommandLine;
using QuikApp.Tests.Postgres;

namespace QuikApp.Host.Tests.Storage;

/// <summary>The real program on a real PostgreSQL: first start, migration, roles, a kill of the server and one of the database.</summary>
public sealed class PostgresServeTests : IDisposable
{
    private const string Topic = "channel:general";

    private static readonly string SigningKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string EncryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("quikapp-postgres-");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Serve_KilledAfterAnAcknowledgement_HasTheMessageWhenItIsStartedAgain()
    {
        var environment = Development(await (await PostgresServer.Shared()).CreateDatabaseAsync());
        JsonElement sent;
        using (var first = HostProcess.Start(_directory.FullName, environment, "--urls", "http://127.0.0.1:0"))
        {
            var url = await UpAsync(first);
            using var client = await PushingClient.JoinAsync(url, await TokenAsync(environment), Topic);
            sent = await client.SendAsync(Topic, "kept", "once");
            Assert.Equal("ok", sent.GetProperty("status").GetString());
            await first.KillAsync();
        }

        using var second = HostProcess.Start(_directory.FullName, environment, "--urls", "http://127.0.0.1:0");
        var again = await UpAsync(second);
        using var other = await PushingClient.JoinAsync(again, await TokenAsync(environment), Topic);
        Assert.Contains("kept", await HistoryAsync(again, environment), StringComparison.Ordinal);
        // The same clientId is the same message: nothing is written twice.
        var repeated = await other.SendAsync(Topic, "kept", "once");
        Assert.Equal(sent.GetProperty("response").GetProperty("seq").GetInt64(), repeated.GetProperty("response").GetProperty("seq").GetInt64());
        await second.StopAsync();
    }

    [SkippableFact]
    public async Task Serve_WhileTheDatabaseIsDown_SaysUnavailableAndGoesOnAfterwards()
    {
        await using var database = await PostgresServer.StartAsync();
        var environment = Development(await database.CreateDatabaseAsync());
        using var server = HostProcess.Start(_directory.FullName, environment, "--urls", "http://127.0.0.1:0");
        var url = await UpAsync(server);
        using var client = await PushingClient.JoinAsync(url, await TokenAsync(environment), Topic);
        Assert.Equal("ok", (await client.SendAsync(Topic, "before")).GetProperty("status").GetString());

        await database.KillAsync();
        for (var i = 0; i < 3; i++)
        {
            var refused = await client.SendAsync(Topic, "lost");
            Assert.Equal("error", refused.GetProperty("status").GetString());
            Assert.Equal("unavailable", refused.GetProperty("response").GetProperty("reason").GetString());
        }

        await database.StartAsync();
        await EventuallyAsync(client);
        var history = await HistoryAsync(url, environment);
        Assert.Contains("before", history, StringComparison.Ordinal);
        Assert.Contains("after", history, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", history, StringComparison.Ordinal);
        await server.StopAsync();
    }

    [SkippableFact]
    public async Task Serve_WhileTheDatabaseIsFrozen_SaysUnavailableAndGoesOnAfterwards()
    {
        await using var database = await PostgresServer.StartAsync();
        var environment = Development(await database.CreateDatabaseAsync());
        using var server = HostProcess.Start(_directory.FullName, environment, "--urls", "http://127.0.0.1:0");
        var url = await UpAsync(server);
        using var client = await PushingClient.JoinAsync(url, await TokenAsync(environment), Topic);
        Assert.Equal("ok", (await client.SendAsync(Topic, "before")).GetProperty("status").GetString());

        await database.PauseAsync();
        try
        {
            for (var i = 0; i < 2; i++)
                Assert.Equal("unavailable", (await client.SendAsync(Topic, "perhaps")).GetProperty("response").GetProperty("reason").GetString());
        }
        finally
        {
            await database.ResumeAsync();
        }

        await EventuallyAsync(client);
        await server.StopAsync();
    }

    [SkippableFact]
    public async Task Serve_InProductionAsTheAppRole_NeedsAMigrationByTheOwner()
    {
        await using var database = await PostgresServer.StartAsync();
        var super = await database.CreateDatabaseAsync();
        await PostgresServer.ExecuteAsync(super, await File.ReadAllTextAsync(Path.Combine(Documentation.Document.Root, "sql", "postgresql", "roles.sql")));
        await PostgresServer.ExecuteAsync(super, "ALTER ROLE quikapp_owner PASSWORD 'canary-owner'; ALTER ROLE quikapp_app PASSWORD 'canary-app'");
        var name = new NpgsqlConnectionStringBuilder(super).Database!;
        var app = Production(database.ConnectionString(name, "quikapp_app", ""), "canary-app");

        using (var early = HostProcess.Start(_directory.FullName, app, "--urls", "http://127.0.0.1:0"))
        {
            var (code, _, errors) = await early.EndAsync();
            Assert.Equal(78, code);
            Assert.Contains("run the verb migrate", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", errors, StringComparison.Ordinal);
        }

        // Whoever migrates knows the owner's password, and nothing of a server's keys.
        var owner = new Dictionary<string, string>
        {
            ["QUIKAPP_Storage__Provider"] = "postgresql",
            ["QUIKAPP_Storage__ConnectionString"] = database.ConnectionString(name, "quikapp_owner", ""),
            ["QUIKAPP_Storage__Password"] = "canary-owner",
        };
        for (var i = 0; i < 2; i++)
        {
            using var migrate = HostProcess.Start(_directory.FullName, owner, "migrate");
            var (code, output, errors) = await migrate.EndAsync();
            Assert.Equal((0, ""), (code, errors));
            Assert.Contains("up to date", output, StringComparison.Ordinal);
        }

        using var server = HostProcess.Start(_directory.FullName, app, "--urls", "http://127.0.0.1:0");
        var url = await UpAsync(server);
        using var http = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.OK, (await http.GetAsync(new Uri($"{url}/health/ready"))).StatusCode);
        var (_, log, _) = await server.StopAsync();
        Assert.DoesNotContain("canary", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Serve_WithoutADatabase_Exits69()
    {
        var shared = await PostgresServer.Shared();
        var environment = Development(new NpgsqlConnectionStringBuilder(shared.ConnectionString("postgres")) { Port = 1 }.ConnectionString);
        using var process = HostProcess.Start(_directory.FullName, environment, "--urls", "http://127.0.0.1:0");
        var (code, _, errors) = await process.EndAsync();
        Assert.Equal(69, code);
        Assert.StartsWith("quikapp: PostgreSQL cannot be used now", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", errors, StringComparison.Ordinal);
    }

    // Each attempt is the same message, as a client repeats it.
    private static async Task EventuallyAsync(PushingClient client)
    {
        var status = "";
        for (var i = 0; i < 100 && status != "ok"; i++)
        {
            status = (await client.SendAsync(Topic, "after", "after")).GetProperty("status").GetString();
            if (status != "ok")
                await Task.Delay(200);
        }

        Assert.Equal("ok", status);
    }

    private static Dictionary<string, string> Development(string connectionString) => new(Production(connectionString))
    {
        ["QUIKAPP_Environment"] = "Development",
    };

    private static Dictionary<string, string> Production(string connectionString, string? password = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["QUIKAPP_Storage__Provider"] = "postgresql",
            ["QUIKAPP_Storage__ConnectionString"] = connectionString,
            ["QUIKAPP_Auth__Issuer"] = "https://login.example.com",
            ["QUIKAPP_Auth__Audience"] = "chat",
            ["QUIKAPP_Auth__SigningKeys__0__Kid"] = "one",
            ["QUIKAPP_Auth__SigningKeys__0__Algorithm"] = "HS256",
            ["QUIKAPP_Auth__SigningKeys__0__Key"] = SigningKey,
            ["QUIKAPP_Keys__EncryptionKey"] = EncryptionKey,
            // A database that is down for a moment voids no token here.
            ["QUIKAPP_Auth__RevocationsStaleAfter"] = "00:05:00",
        };
        if (password is not null)
            environment["QUIKAPP_Storage__Password"] = password;
        return environment;
    }

    private static async Task<string> UpAsync(HostProcess process)
    {
        await process.ReadUntilAsync("QuikApp Realtime is up");
        return (await process.ReadUntilAsync("http://127.0.0.1:")).Trim();
    }

    private async Task<string> TokenAsync(Dictionary<string, string> environment)
    {
        using var process = HostProcess.Start(_directory.FullName, environment, "token", "--user", "alice");
        return (await process.EndAsync()).Output.Trim();
    }

    private async Task<string> HistoryAsync(string url, Dictionary<string, string> environment)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(environment));
        return await http.GetStringAsync(new Uri($"{url}/api/v1/channels/general/messages"));
    }
}
