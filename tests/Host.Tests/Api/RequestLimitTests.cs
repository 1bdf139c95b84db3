using System.Globalization;
using QuikApp.Host.Tests.EndToEnd;

namespace QuikApp.Host.Tests.Api;

/// <summary>The default limits of the HTTP API.</summary>
[Collection(StrictServerTests.Name)]
public sealed class RequestLimitTests(StrictServer server)
{
    [Fact]
    public Task Requests_BeyondTheBurstOfAUser_Are429FromAnyAddress() => server.UnharmedAsync(async () =>
    {
        var token = server.Token("eager");
        using var desk = ApiCaller.With(server, token, "desk");
        using var phone = ApiCaller.With(server, token, "phone");
        using var other = ApiCaller.As(server, "calm", address: "desk");
        await Exhaust(desk, 100);
        Assert.Contains(await Burst(phone), answer => answer.Status == 429);
        (await other.GetAsync("channels/general")).Ok();
    });

    [Fact]
    public Task Requests_BeyondTheBurstOfAnAddress_Are429WhateverTheToken() => server.UnharmedAsync(async () =>
    {
        using var nobody = ApiCaller.With(server, "forged", "flooder");
        using var user = ApiCaller.As(server, "victim", address: "flooder");
        using var neighbour = ApiCaller.As(server, "victim", address: "next door");
        await Exhaust(nobody, 400);
        Assert.Contains(await Burst(user), answer => answer.Status == 429);
        (await neighbour.GetAsync("channels/general")).Ok();
    });

    [Fact]
    public async Task Sends_BeyondTheBurstOfAUserAndChannel_Are429()
    {
        var channel = await server.ChannelAsync();
        await server.UnharmedAsync(async () =>
        {
            using var chatty = ApiCaller.As(server, "chatty-http", address: "chatty-http");
            var answers = new List<ApiAnswer>();
            for (var i = 0; i < 30; i++)
                answers.Add(await chatty.PostAsync($"channels/{channel}/messages", """{"content":"x"}"""));
            Assert.All(answers.Take(10), answer => answer.Ok(201));
            var refused = answers.First(answer => answer.Status != 201).Refused(429, "rate_limited");
            Assert.InRange(refused.Json.GetProperty("retry_after_ms").GetInt64(), 1, 500);
            Assert.Equal("1", refused.Header("Retry-After"));
            return answers.Count(answer => answer.Status == 201);
        });
    }

    private static Task<ApiAnswer[]> Burst(ApiCaller caller) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.GetAsync("channels/general")));

    // The bucket refills meanwhile: the lower bound is exact, the upper one is not.
    private static async Task Exhaust(ApiCaller caller, int burst)
    {
        ApiAnswer? refused = null;
        for (var i = 0; refused is null; i += 20)
        {
            var answers = await Burst(caller);
            refused = answers.FirstOrDefault(answer => answer.Status == 429);
            if (refused is not null)
                Assert.True(i + 20 > burst, $"refused within {i + 20} requests");
            Assert.True(i < 40 * burst, "never refused");
        }

        refused.Refused(429, "rate_limited");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        Assert.InRange(refused.Json.GetProperty("retry_after_ms").GetInt64(), 1, 60_000);
    }
}
