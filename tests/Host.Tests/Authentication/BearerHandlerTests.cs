using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.Secrets;
using QuikApp.Host.Tests.Secrets;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>The registration as the host makes it, on a real server.</summary>
public sealed class BearerHandlerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingLoggerProvider _logs = new();
    private readonly HttpClient _client = new();
    private WebApplication _application = null!;

    public async Task InitializeAsync()
    {
        _application = Build(Environments.Development, []);
        _application.UseAuthentication();
        _application.UseAuthorization();
        _application.MapGet("/open", () => "open");
        _application.MapGet("/me", (HttpContext context) => context.GetAccessToken().UserId.Value).RequireAuthorization();
        _application.MapGet("/admin", () => "admin").RequireAuthorization(policy => policy.RequireRole(RoleNames.Admin));
        await _application.StartAsync();
        _client.BaseAddress = new Uri(_application.Urls.Single());
    }

    public async Task DisposeAsync() => await _application.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _logs.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Get_GoodToken_ReachesTheEndpointAsItsUser()
    {
        using var answer = await GetAsync("/me", $"Bearer {Issue(Role.Member)}");
        Assert.Equal("alice", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_ByRole_AllowsOrForbids()
    {
        using var allowed = await GetAsync("/admin", $"Bearer {Issue(Role.Admin)}");
        using var forbidden = await GetAsync("/admin", $"Bearer {Issue(Role.Moderator)}");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal("application/problem+json", forbidden.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Get_WhateverIsWrong_TheAnswerIsTheSame()
    {
        var good = Issue(Role.Member);
        string?[] headers =
        [
            null, "Bearer", "Bearer x", "Basic YWxpY2U6cHc=", $"Bearer {good[..^4]}AAAA", $"Bearer {good}.", $"Bearer {TestKeys.Forge("""{"alg":"none"}""", "{}", _ => [])}",
            $"Bearer {TestKeys.Forge("""{"alg":"HS256","typ":"JWT","kid":"x"}""", HostileTokens.GoodClaims, TestKeys.Hs256)}", $"Bearer {new string('a', 9000)}",
        ];
        var answers = new HashSet<string>();
        foreach (var header in headers)
        {
            using var answer = await GetAsync("/me", header);
            answer.Headers.Date = null;
            answers.Add($"{answer.StatusCode} {answer.Headers} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync()}");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task Get_QueryToken_IsNotForTheHttpApi()
    {
        using var answer = await GetAsync($"/me?token={Issue(Role.Member)}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Get_AnyToken_LeavesNoTraceInTheLogsButTheCause()
    {
        var good = Issue(Role.Member);
        var forged = good[..^4] + "AAAA";
        using (await GetAsync("/me", $"Bearer {good}"))
        using (await GetAsync("/me", $"Bearer {forged}"))
        using (await GetAsync("/me", null))
        using (await GetAsync("/open", null))
        {
            Assert.Contains(_logs.Lines, line => line.Contains("TokenAccepted alice over http from 127.0.0.1", StringComparison.Ordinal));
            Assert.Contains(_logs.Lines, line => line.Contains("TokenRefused Signature over http from 127.0.0.1", StringComparison.Ordinal));
            Assert.Single(_logs.Lines, line => line.Contains("TokenRefused Missing over http from 127.0.0.1", StringComparison.Ordinal));
            foreach (var part in good.Split('.'))
                Assert.DoesNotContain(_logs.Lines, line => line.Contains(part[..16], StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Auth:ClockSkew", "00:05:00", "Auth:ClockSkew")]
    [InlineData("Auth:ClockSkew", "soon", "Auth:ClockSkew")]
    [InlineData("Auth:SigningKeys:0:Algorithm", "none", "Auth:SigningKeys:0:Algorithm")]
    [InlineData("Keys:EncryptionKey", "c2hvcnQ=", "Keys:EncryptionKey")]
    public async Task Start_WrongSetting_IsRefusedByName(string key, string value, string named)
    {
        await using var application = Build(Environments.Development, new() { [key] = value });
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => application.StartAsync());
        Assert.Contains(named, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProductionWithoutKeys_IsRefusedAndMakesNone()
    {
        await using var application = Build(Environments.Production, new() { ["Auth:Issuer"] = "i", ["Auth:Audience"] = "a" }, "production");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => application.StartAsync());
        Assert.Contains("Auth:SigningKeys is empty", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("Keys:EncryptionKeyPath is missing", failure.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.File("production")));
    }

    private WebApplication Build(string environment, Dictionary<string, string?> settings, string data = "data")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(_logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var directory = new DataDirectory(_directory.File(data));
        builder.Services.AddSingleton(directory).AddQuikAppSecrets().AddQuikAppAuthentication().AddAuthorization().AddSingleton<IRevocations>(NoRevocations.Instance);
        return builder.Build();
    }

    private string Issue(Role role) => _application.Services.GetRequiredService<TokenIssuer>()
        .Issue(UserId.Parse("alice"), [WorkspaceId.Parse("demo")], role, TimeSpan.FromHours(1));

    private async Task<HttpResponseMessage> GetAsync(string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _client.SendAsync(request);
    }
}
