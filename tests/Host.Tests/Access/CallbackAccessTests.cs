using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QuikApp.Host.Tests.Api;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Access;

/// <summary>The platform's own directory decides: end to end, on its good days and on its bad ones.</summary>
public sealed class CallbackAccessTests : IAsyncLifetime
{
    /// <summary>Twice the time for which a yes is believed, the time for an answer, and what a busy machine needs.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2 * 1 + 1 + 4);

    private readonly string _secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("quikapp-callback-");
    private StubDirectory _directory = null!;
    private CallbackServer _server = null!;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_files.FullName, "token");
        await File.WriteAllTextAsync(file, _secret + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _directory = await StubDirectory.StartAsync(_secret);
        _server = new CallbackServer(_directory.Address, file);
        await _server.InitializeAsync();
        _server.Planted(_secret);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _directory.DisposeAsync();
        _files.Delete(recursive: true);
    }

    [Fact]
    public async Task Yes_LetsInWithItsRole_AndNoDoesNot()
    {
        var workspace = await MakeAsync("ann", "bea");
        var channel = await workspace.ChannelAsync();
        using var ann = workspace.As("ann");
        using var eve = workspace.As("eve");
        (await ann.GetAsync($"channels/{channel}")).Ok();
        await ann.SayAsync(channel, "hello");
        (await eve.GetAsync($"channels/{channel}")).Refused(404, "not_found");
        (await eve.PostAsync($"channels/{channel}/messages", """{"content":"x"}""")).Refused(404, "not_found");
        Assert.Contains($$"""{"user":"eve","workspace":"{{workspace.Id}}","role":"member"}""", _directory.Questions);

        // What the directory says of a role counts here.
        (await ann.PatchAsync(workspace.Path, """{"name":"Ann's"}""")).Refused(403, "forbidden");
        _directory.Admit(workspace.Id, "ann", "admin");
        await Eventually.Async(async () => (await ann.PatchAsync(workspace.Path, """{"name":"Ann's"}""")).Status == 200);
        _directory.Admit(workspace.Id, "ann", "auditor");
        await Eventually.Async(async () => (await ann.PostAsync($"channels/{channel}/messages", """{"content":"x"}""")).Status == 403);
    }

    [Fact]
    public async Task Question_OfOneUser_IsAskedOnceWhileTheAnswerIsFresh()
    {
        var workspace = await MakeAsync("ann");
        using var ann = workspace.As("ann");
        _directory.BadDay = async context =>
        {
            await Task.Delay(100);
            await context.Response.WriteAsync("""{"member":true}""");
        };
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ann.GetAsync(workspace.Path)));
        Assert.All(answers, answer => answer.Ok());
        // Once for each second that a yes is believed, and never twice at once.
        Assert.InRange(_directory.AskedAbout("ann"), 1, 1 + (int)watch.Elapsed.TotalSeconds);
    }

    [Fact]
    public async Task Questions_OfManyUsers_AreAskedFourAtATime()
    {
        var workspace = await MakeAsync();
        _directory.BadDay = async context =>
        {
            await Task.Delay(20);
            await context.Response.WriteAsync("""{"member":true}""");
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var user = workspace.As($"user-{i.ToString(CultureInfo.InvariantCulture)}");
            return await user.GetAsync(workspace.Path);
        }));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 503, answer.Whole));
        Assert.InRange(_directory.MostAtOnce, 1, 4);
    }

    [Fact]
    public async Task Ids_ThatSomebodyMadeUp_AreNoQuestions()
    {
        var workspace = await MakeAsync("ann");
        using var ann = workspace.As("ann");
        using var foreign = ApiCaller.As(_server, "ann", Role.Admin, "elsewhere");
        (await ann.GetAsync("workspaces/nosuch")).Refused(404, "not_found");
        (await foreign.GetAsync(workspace.Path)).Refused(404, "not_found");
        (await foreign.GetAsync("workspaces/elsewhere")).Refused(404, "not_found");
        Assert.Equal(0, _directory.AskedAbout("ann"));
    }

    [Fact]
    public async Task No_LaterOn_EndsWhatIsOpenWithoutAWord()
    {
        var workspace = await MakeAsync("ann", "bea");
        var (open, closed) = (await workspace.ChannelAsync(), await workspace.ChannelAsync("private", "ann", "bea"));
        using var ann = await workspace.ConnectAsync("ann");
        using var bea = await workspace.ConnectAsync("bea");
        string[] topics = [$"channel:{open}", $"channel:{closed}", $"workspace:{workspace.Id}", $"presence:{workspace.Id}"];
        foreach (var topic in topics)
        {
            await JoinAsync(ann, topic);
            await JoinAsync(bea, topic);
        }

        var watch = Stopwatch.StartNew();
        _directory.Dismiss(workspace.Id, "ann");
        await ClosedAsync(ann, topics);
        // The list of who is there is asked about in a turn of its own, before or after the topics'.
        await Eventually.Async(async () => (await PresentAsync(workspace)).SequenceEqual(["bea"]));
        Assert.True(watch.Elapsed < Bound, $"{watch.Elapsed}");

        // Nothing after that, a mention in the user's own topic included.
        await JoinAsync(ann, "user:ann");
        (await bea.PushAsync($"channel:{open}", "message:send", """{"content":"secret","mentions":["ann"]}""", "s1")).GetProperty("response").GetProperty("id");
        (await bea.PushAsync($"channel:{closed}", "message:send", """{"content":"secret","mentions":["ann"]}""", "s2")).GetProperty("response").GetProperty("id");
        // Behind this, what follows from the messages was told to whoever is told.
        await Eventually.Async(() => Task.FromResult((long)_server.Sql("SELECT COUNT(*) FROM relay")! == 0));
        await ann.NothingElseAsync();

        // And back, without a restart.
        _directory.Admit(workspace.Id, "ann");
        using var caller = workspace.As("ann");
        await Eventually.Async(async () => (await caller.GetAsync($"channels/{closed}")).Status == 200);
        await JoinAsync(ann, $"channel:{closed}");
    }

    [Fact]
    public async Task Removal_FromTheWorkspace_OverrulesTheDirectoryAtOnce()
    {
        var workspace = await MakeAsync("ann", "bea");
        var channel = await workspace.ChannelAsync();
        using var ann = await workspace.ConnectAsync("ann");
        string[] topics = [$"channel:{channel}", $"workspace:{workspace.Id}", $"presence:{workspace.Id}"];
        foreach (var topic in topics)
            await JoinAsync(ann, topic);

        var watch = Stopwatch.StartNew();
        await workspace.RemoveAsync("ann");
        await ClosedAsync(ann, topics);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        using var caller = workspace.As("ann");
        (await caller.GetAsync($"channels/{channel}")).Refused(404, "not_found");
    }

    public static TheoryData<string> BadDays => ["status 500", "status 403", "redirect", "no JSON", "another shape", "one member too many", "huge", "slow", "slow body", "cut off", "empty"];

    [Theory]
    [MemberData(nameof(BadDays))]
    public async Task BadDay_OfTheDirectory_LetsNobodyInUntilItIsOver(string kind)
    {
        var workspace = await MakeAsync("ann", "bea");
        var channel = await workspace.ChannelAsync();
        await using var elsewhere = await StubDirectory.StartAsync(_secret);
        elsewhere.BadDay = context => context.Response.WriteAsync("""{"member":true}""");
        _directory.BadDay = context => BeBadAsync(context, kind, elsewhere.Address);

        using var ann = workspace.As("ann");
        var watch = Stopwatch.StartNew();
        (await ann.GetAsync($"channels/{channel}")).Refused(503, "unavailable");
        (await ann.PostAsync($"channels/{channel}/messages", """{"content":"x"}""")).Refused(503, "unavailable");
        using var socket = await workspace.ConnectAsync("ann");
        foreach (var topic in new[] { $"channel:{channel}", $"workspace:{workspace.Id}", $"presence:{workspace.Id}" })
            Assert.Contains("\"unavailable\"", await socket.AskAsync($$"""["1","1","{{topic}}","phx_join",{}]"""), StringComparison.Ordinal);
        // Five answers of half a second at most, and never a hanging one.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.Empty(elsewhere.Questions);
        Assert.Contains(_server.Log.TakeLines(), line => line.Level == LogLevel.Warning && line.Text.Contains("Access:CallbackUrl", StringComparison.Ordinal));

        _directory.BadDay = null;
        await Eventually.Async(async () => (await ann.GetAsync($"channels/{channel}")).Status == 200);
        await JoinAsync(socket, $"channel:{channel}");
        await ann.SayAsync(channel, "back");
    }

    [Fact]
    public async Task BadDay_ThatLasts_IsNotAskedAboutAgainAndAgain()
    {
        var workspace = await MakeAsync("ann");
        _directory.BadDay = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        using var ann = workspace.As("ann");
        for (var i = 0; i < 8; i++)
            (await ann.GetAsync(workspace.Path)).Refused(503, "unavailable");
        var asked = _directory.Questions.Count;
        var watch = Stopwatch.StartNew();
        var tries = 0;
        while (watch.Elapsed < TimeSpan.FromMilliseconds(400))
        {
            (await ann.GetAsync(workspace.Path)).Refused(503, "unavailable");
            tries++;
        }

        Assert.True(tries > 3, $"{tries} tries only");
        // The breaker lets one through at the end of each half second.
        Assert.InRange(_directory.Questions.Count - asked, 0, 1);
    }

    [Fact]
    public async Task BadDay_OfOneUser_KeepsNobodyElse()
    {
        var workspace = await MakeAsync("ann", "bea");
        var channel = await workspace.ChannelAsync();
        using var ann = workspace.As("ann");
        using var bea = workspace.As("bea");
        await bea.SayAsync(channel, "first");
        _directory.BadDay = async context =>
        {
            if (_directory.Questions.Last().Contains("\"ann\"", StringComparison.Ordinal))
                context.Response.StatusCode = 500;
            else
                await context.Response.WriteAsync("""{"member":true}""");
        };
        for (var i = 0; i < 5; i++)
        {
            var answers = await Task.WhenAll(
                ann.PostAsync($"channels/{channel}/messages", """{"content":"x"}"""), bea.PostAsync($"channels/{channel}/messages", """{"content":"y"}"""));
            answers[0].Refused(503, "unavailable");
            answers[1].Ok(201);
        }
    }

    [Fact]
    public async Task Secret_IsInNoLogWhateverHappens()
    {
        var workspace = await MakeAsync("ann");
        await _server.UnharmedAsync(async () =>
        {
            using var ann = workspace.As("ann");
            (await ann.GetAsync(workspace.Path)).Ok();
            // Whoever else is asked about meanwhile has a good day.
            _directory.BadDay = async context =>
            {
                if (_directory.Questions.Last().Contains("\"ann\"", StringComparison.Ordinal))
                    context.Abort();
                else
                    await context.Response.WriteAsync("""{"member":true}""");
            };
            await Eventually.Async(async () => (await ann.GetAsync(workspace.Path)).Status == 503);
            _directory.BadDay = null;
            await Eventually.Async(async () => (await ann.GetAsync(workspace.Path)).Status == 200);
        });
    }

    private async Task<ApiWorkspace> MakeAsync(params string[] members)
    {
        // Who makes a workspace must be let in to go on; its id is not known before.
        var day = _directory.BadDay;
        _directory.BadDay = context => context.Response.WriteAsync("""{"member":true,"role":"admin"}""");
        var workspace = await ApiWorkspace.MakeAsync(_server);
        _directory.BadDay = day;
        _directory.Admit(workspace.Id, "root", "admin");
        foreach (var member in members)
            _directory.Admit(workspace.Id, member);
        return workspace;
    }

    private static async Task<IReadOnlyList<string>> PresentAsync(ApiWorkspace workspace)
    {
        using var bea = workspace.As("bea");
        return await bea.ListAsync($"{workspace.Path}/presence", "userId");
    }

    private static async Task JoinAsync(PhoenixClient client, string topic)
    {
        await client.SendAsync($$"""["{{topic}}","{{topic}}","{{topic}}","phx_join",{}]""");
        while (true)
        {
            var frame = JsonDocument.Parse(await client.NextAsync()).RootElement;
            if (frame[3].GetString() != "phx_reply" || frame[1].GetString() != topic)
                continue;
            Assert.Equal("ok", frame[4].GetProperty("status").GetString());
            return;
        }
    }

    private static async Task ClosedAsync(PhoenixClient client, string[] topics)
    {
        var closed = new HashSet<string>();
        while (closed.Count < topics.Length)
        {
            var frame = JsonDocument.Parse(await client.NextAsync()).RootElement;
            Assert.DoesNotContain(frame[2].GetString()!, closed);
            if (frame[3].GetString() == "phx_close")
                closed.Add(frame[2].GetString()!);
        }

        Assert.Equal(topics.Order(StringComparer.Ordinal), closed.Order(StringComparer.Ordinal));
    }

    private static async Task BeBadAsync(HttpContext context, string kind, string elsewhere)
    {
        switch (kind)
        {
            case "status 500":
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync("""{"member":true}""");
                break;
            case "status 403":
                context.Response.StatusCode = 403;
                break;
            case "redirect":
                context.Response.Redirect(elsewhere, permanent: false, preserveMethod: true);
                break;
            case "no JSON":
                await context.Response.WriteAsync("yes");
                break;
            case "another shape":
                await context.Response.WriteAsync("""{"member":"true"}""");
                break;
            case "one member too many":
                await context.Response.WriteAsync("""{"member":true,"member":true}""");
                break;
            case "huge":
                await context.Response.WriteAsync($$"""{"member":true{{new string(' ', 100_000)}}}""");
                break;
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "slow body":
                await context.Response.WriteAsync("""{"member":""");
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "cut off":
                await context.Response.WriteAsync("""{"member":true""");
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            default:
                break;
        }
    }
}
