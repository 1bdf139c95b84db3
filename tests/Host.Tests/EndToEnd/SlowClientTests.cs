using System.Text.Json;

namespace QuikApp.Host.Tests.EndToEnd;

[Collection(OpenServerTests.Name)]
public sealed class SlowClientTests(OpenServer server)
{
    private const int MostSends = 2_000;

    [Fact]
    public async Task SlowReader_IsCut4410AndResumes_WhileOthersGetEverything()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(async () =>
        {
            using var author = await PhoenixClient.ConnectAsync(server, "author");
            using var keen = await PhoenixClient.ConnectAsync(server, "keen");
            await author.JoinAsync(topic);
            await keen.JoinAsync(topic);
            var known = server.Sockets();
            using var slow = await PhoenixClient.ConnectAsync(server, "slow", receiveBuffer: 4096);
            await slow.JoinAsync(topic);
            var cut = server.Sockets().Except(known).Single();

            // Others are read as the author goes: nobody but the slow one may fall behind.
            var sent = 0;
            var text = new string('z', 16 * 1024);
            for (; cut.ClosingSince == 0; sent++)
            {
                Assert.True(sent < MostSends, "the slow reader was never cut");
                await author.SendAsync($$"""["1","2","{{topic}}","message:send",{"content":"{{text}}"}]""");
                await author.NextAsync(2);
                Assert.Equal(sent + 2, SeqOf(await keen.NextAsync()));
            }

            var (code, texts) = await slow.ReadToCloseAsync();
            Assert.Equal(4410, code);
            Assert.Equal(Enumerable.Range(2, texts.Count), texts.Select(SeqOf));
            Assert.InRange(texts.Count, 1, sent - 1);

            // It comes back with what it has and misses nothing, nothing twice.
            using var back = await PhoenixClient.ConnectAsync(server, "slow");
            var last = texts.Count + 1;
            await back.JoinAsync(topic, payload: $$"""{"since":{{last}}}""");
            Assert.Equal(Enumerable.Range(last + 1, sent - texts.Count), (await back.NextAsync(sent - texts.Count)).Select(SeqOf));
            Assert.Contains("replay:done", await back.NextAsync(), StringComparison.Ordinal);
            return sent;
        });
    }

    private static int SeqOf(string text) => JsonDocument.Parse(text).RootElement[4].GetProperty("seq").GetInt32();
}
