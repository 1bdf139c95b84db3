using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QuikApp.Host.Authentication;
using QuikApp.Host.Tests.Secrets;

namespace QuikApp.Host.Tests.Authentication;

public sealed class PublishedKeysTests : IAsyncLifetime
{
    private static readonly string A = KeySetDocumentTests.Rsa(TestKeys.Rsa, "a");
    private static readonly string B = KeySetDocumentTests.Curve("b");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RecordingTimeProvider _time = new(Gate.Now);
    private StubIssuer _issuer = null!;
    private PublishedKeys _sut = null!;

    public async Task InitializeAsync()
    {
        _issuer = await StubIssuer.StartAsync();
        _sut = CreateSut("/jwks.json");
    }

    public async Task DisposeAsync()
    {
        _sut.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Find_KnownKey_IsFetchedOnce()
    {
        _issuer.Publish(A);
        Assert.NotNull(await _sut.FindAsync("a"));
        for (var i = 0; i < 100; i++)
            Assert.NotNull(await _sut.FindAsync("a"));
        Assert.Null(await _sut.FindAsync(null));
        Assert.Equal(1, _issuer.Requests);
    }

    [Fact]
    public async Task Find_ManyAtOnce_ShareOneFetch()
    {
        _issuer.Publish(A);
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await _sut.FindAsync("a"))));
        Assert.All(found, Assert.NotNull);
        Assert.Equal(1, _issuer.Requests);
    }

    [Fact]
    public async Task Find_RotatedKey_IsFetchedAtOnceAndTheOldOneWorksWhilePublished()
    {
        _issuer.Publish(A);
        await _sut.RefreshAsync();
        _issuer.Publish(A, B);
        Assert.NotNull(await _sut.FindAsync("b"));
        Assert.NotNull(await _sut.FindAsync("a"));
    }

    [Fact]
    public async Task Find_FloodOfInventedNames_CausesOneFetchIn5Minutes()
    {
        _issuer.Publish(A);
        await _sut.RefreshAsync();
        for (var i = 0; i < 1000; i++)
            Assert.Null(await _sut.FindAsync($"invented-{i}"));
        Assert.Equal(2, _issuer.Requests);

        _time.Advance(PublishedKeys.ForcedInterval - TimeSpan.FromMilliseconds(1));
        Assert.Null(await _sut.FindAsync("invented"));
        Assert.Equal(2, _issuer.Requests);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await _sut.FindAsync("invented"));
        Assert.Equal(3, _issuer.Requests);
    }

    [Fact]
    public async Task Refresh_KeyWithdrawn_IsRefusedFromThen()
    {
        _issuer.Publish(A, B);
        await _sut.RefreshAsync();
        Assert.NotNull(await _sut.FindAsync("b"));
        _issuer.Publish(A);
        Assert.True(await _sut.RefreshAsync());
        Assert.Null(await _sut.FindAsync("b"));
        Assert.NotNull(await _sut.FindAsync("a"));
    }

    [Theory]
    [InlineData("status 500")]
    [InlineData("status 404")]
    [InlineData("redirect")]
    [InlineData("garbage")]
    [InlineData("no json")]
    [InlineData("65 KiB")]
    [InlineData("21 keys")]
    [InlineData("cut off")]
    public async Task Refresh_BadDay_FailsAndKnownKeysGoOn(string day)
    {
        _issuer.Publish(A);
        await _sut.RefreshAsync();
        BadDay(day);
        Assert.False(await _sut.RefreshAsync());
        Assert.NotNull(await _sut.FindAsync("a"));
        Assert.Null(await _sut.FindAsync("b"));

        _issuer.Publish(B);
        Assert.True(await _sut.RefreshAsync());
        Assert.NotNull(await _sut.FindAsync("b"));
    }

    [Fact]
    public async Task Refresh_ServerGone_FailsAndKnownKeysGoOn()
    {
        _issuer.Publish(A);
        await _sut.RefreshAsync();
        await _issuer.DisposeAsync();
        Assert.False(await _sut.RefreshAsync());
        Assert.NotNull(await _sut.FindAsync("a"));
    }

    [Fact]
    public async Task Refresh_SlowServer_IsLeftAfter5SecondsAndKnownKeysAnswerMeanwhile()
    {
        _issuer.Publish(A);
        await _sut.RefreshAsync();
        var arrived = new TaskCompletionSource();
        _issuer.Answer = async context =>
        {
            await context.Response.WriteAsync("{\"keys\":[");
            await context.Response.Body.FlushAsync();
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var refresh = _sut.RefreshAsync();
        await arrived.Task.WaitAsync(Patience);
        Assert.NotNull(await _sut.FindAsync("a"));
        Assert.False(refresh.IsCompleted);
        _time.Advance(KeySetRetriever.Timeout);
        Assert.False(await refresh.WaitAsync(Patience));
    }

    [Fact]
    public async Task Find_NeverFetched_TriesAgainAfter10Seconds()
    {
        _issuer.Fail(503);
        Assert.Null(await _sut.FindAsync("a"));
        Assert.Null(await _sut.FindAsync("a"));
        Assert.Equal(1, _issuer.Requests);

        _issuer.Publish(A);
        _time.Advance(PublishedKeys.FirstInterval);
        Assert.NotNull(await _sut.FindAsync("a"));
    }

    [Fact]
    public async Task Refresh_OidcIssuer_FollowsItsMetadata()
    {
        using var sut = CreateSut("/realm");
        PublishMetadata(Gate.Issuer, $"{_issuer.Address}/elsewhere", A);
        Assert.True(await sut.RefreshAsync());
        Assert.NotNull(await sut.FindAsync("a"));
    }

    [Fact]
    public async Task Refresh_MetadataThatIsNotTrustworthy_Fails()
    {
        using var sut = CreateSut("/realm");
        PublishMetadata("https://evil.example", $"{_issuer.Address}/elsewhere", A);
        Assert.False(await sut.RefreshAsync());
        PublishMetadata(Gate.Issuer, "http://192.0.2.1/jwks.json", A);
        Assert.False(await sut.RefreshAsync());
        PublishMetadata(Gate.Issuer, "file:///etc/passwd", A);
        Assert.False(await sut.RefreshAsync());
    }

    [Fact]
    public async Task Refresh_File_IsReadAgain()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("jwks.json", KeySetDocumentTests.Set(A));
        using var sut = CreateSut(KeySetAddress.TryParse($"file:{path}", isDevelopment: false, out _)!);
        Assert.NotNull(await sut.FindAsync("a"));
        directory.Write("jwks.json", KeySetDocumentTests.Set(B));
        Assert.True(await sut.RefreshAsync());
        Assert.Null(await sut.FindAsync("a"));
        File.Delete(path);
        Assert.False(await sut.RefreshAsync());
        Assert.NotNull(await sut.FindAsync("b"));
    }

    [Fact]
    public async Task Refresher_BySchedule_FetchesAgainAndSoonerAfterAFailure()
    {
        var options = Options.Create(new AuthOptions { KeyRefreshInterval = TimeSpan.FromHours(12) });
        using var refresher = new KeyRefresher(new Lazy<IVerificationKeys>(_sut), options, _time);
        _issuer.Publish(A);
        await refresher.StartAsync(default);
        await PausesAsync(TimeSpan.FromHours(12));

        _issuer.Fail(500);
        _time.Advance(TimeSpan.FromHours(12));
        await PausesAsync(TimeSpan.FromHours(12), PublishedKeys.ForcedInterval);

        _issuer.Publish(B);
        _time.Advance(PublishedKeys.ForcedInterval);
        await PausesAsync(TimeSpan.FromHours(12), PublishedKeys.ForcedInterval, TimeSpan.FromHours(12));

        Assert.NotNull(await _sut.FindAsync("b"));
        Assert.Equal(3, _issuer.Requests);
        await refresher.StopAsync(default);
    }

    [Fact]
    public async Task Refresher_NothingFetchedYet_TriesEvery10Seconds()
    {
        using var refresher = new KeyRefresher(new Lazy<IVerificationKeys>(_sut), Options.Create(new AuthOptions()), _time);
        _issuer.Fail(500);
        await refresher.StartAsync(default);
        await PausesAsync(PublishedKeys.FirstInterval);
        await refresher.StopAsync(default);
    }

    [Fact]
    public async Task Validate_WithPublishedKeys_FollowsTheRotation()
    {
        _issuer.Publish(A);
        using var gate = new Gate(_sut);
        var first = TestKeys.Forge("""{"alg":"RS256","typ":"JWT","kid":"a"}""", HostileTokens.GoodClaims, TestKeys.Rs256);
        var second = TestKeys.Forge("""{"alg":"ES256","typ":"JWT","kid":"b"}""", HostileTokens.GoodClaims, TestKeys.Es256);
        Assert.True((await gate.Validator.ValidateAsync(first)).IsAccepted);

        _issuer.Publish(B);
        _time.Advance(PublishedKeys.ForcedInterval);
        Assert.True((await gate.Validator.ValidateAsync(second)).IsAccepted);
        Assert.Equal(TokenRefusal.UnknownKey, (await gate.Validator.ValidateAsync(first)).Cause);
    }

    private PublishedKeys CreateSut(string path) =>
        CreateSut(KeySetAddress.TryParse(_issuer.Address + path, isDevelopment: true, out _)!);

    private PublishedKeys CreateSut(KeySetAddress address) =>
        new(new KeySetRetriever(address, Gate.Issuer, _time), _time, NullLogger<PublishedKeys>.Instance);

    private void BadDay(string day)
    {
        var many = KeySetDocumentTests.Set([.. Enumerable.Range(0, 21).Select(i => KeySetDocumentTests.Curve($"k{i}"))]);
        _issuer.Answer = day switch
        {
            "status 500" => Status(500),
            "status 404" => Status(404),
            "redirect" => context =>
            {
                if (context.Request.Path == "/jwks.json")
                    context.Response.Redirect("/other.json");
                return context.Request.Path == "/jwks.json" ? Task.CompletedTask : context.Response.WriteAsync(KeySetDocumentTests.Set(B));
            }
            ,
            "garbage" => context => context.Response.Body.WriteAsync(new byte[1000]).AsTask(),
            "no json" => context => context.Response.WriteAsync("<html>maintenance</html>"),
            "65 KiB" => context => context.Response.WriteAsync(KeySetDocumentTests.Set(B) + new string(' ', KeySetDocument.MaxBytes)),
            "21 keys" => context => context.Response.WriteAsync(many),
            _ => async context =>
            {
                context.Response.ContentLength = 5000;
                await context.Response.WriteAsync(KeySetDocumentTests.Set(B));
                context.Abort();
            }
            ,
        };

        static Func<HttpContext, Task> Status(int status) => context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(KeySetDocumentTests.Set(B));
        };
    }

    private void PublishMetadata(string issuer, string keySet, params string[] keys) => _issuer.Answer = context =>
        context.Response.WriteAsync(context.Request.Path == "/realm/.well-known/openid-configuration"
            ? $$"""{"issuer":"{{issuer}}","jwks_uri":"{{keySet}}"}"""
            : KeySetDocumentTests.Set(keys));

    /// <summary>Waits until the refresher has set its timer, and looks at all it has set.</summary>
    private async Task PausesAsync(params TimeSpan[] expected)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (_time.Timers.Count(due => due != KeySetRetriever.Timeout) < expected.Length)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "the refresher set no timer");
            await Task.Yield();
        }

        Assert.Equal(expected, _time.Timers.Where(due => due != KeySetRetriever.Timeout));
    }
}
