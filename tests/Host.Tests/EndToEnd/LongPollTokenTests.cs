using System.Buffers.Text;
using System.Security.Cryptography;
using QuikApp.Host.LongPoll;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Session tokens: what any node reads out of one, and that nobody else can make one.</summary>
[Collection(OpenServerTests.Name)]
public sealed class LongPollTokenTests(OpenServer server)
{
    private const string Heartbeat = """[null,"1","phoenix","heartbeat",{}]""";

    [Theory]
    [InlineData("alice", 0)]
    [InlineData("A-user-id_of-64-characters-0123456789-0123456789-0123456789-0123", long.MaxValue)]
    public void Seal_ATicket_OpensAsItWas(string user, long received)
    {
        var tokens = server.Service<PollTokens>();
        var ticket = new PollTicket(-17, "00112233445566778899aabbccddeeff", UserId.Parse(user), ulong.MaxValue, received);
        var token = tokens.Seal(ticket);
        Assert.Equal(ticket, tokens.Open(token));
        Assert.DoesNotContain('.', token);
    }

    [Fact]
    public void Open_AnyByteChanged_IsNobodys()
    {
        var tokens = server.Service<PollTokens>();
        var bytes = Base64Url.DecodeFromChars(tokens.Seal(new PollTicket(1, new string('0', 32), UserId.Parse("alice"), 7, 3)));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Null(tokens.Open(Base64Url.EncodeToString(bytes)));
            bytes[i] ^= 1;
        }

        for (var length = 0; length < bytes.Length; length++)
            Assert.Null(tokens.Open(Base64Url.EncodeToString(bytes.AsSpan(0, length))));
        Assert.NotNull(tokens.Open(Base64Url.EncodeToString(bytes)));
    }

    [Fact]
    public void Open_MadeWithAnotherKey_IsNobodys()
    {
        var tokens = server.Service<PollTokens>();
        var bytes = Base64Url.DecodeFromChars(tokens.Seal(new PollTicket(1, new string('0', 32), UserId.Parse("alice"), 7, 3)));
        HMACSHA256.HashData(new byte[32], bytes.AsSpan(..^32), bytes.AsSpan(^32..));
        Assert.Null(tokens.Open(Base64Url.EncodeToString(bytes)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("SFMyNTY")]
    [InlineData("%00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public Task Request_TokenThatNobodyMade_IsGone(string token) => server.UnharmedAsync(async () =>
    {
        using var poll = new LongPollClient(server, server.Token("alice")) { Token = token };
        Assert.Equal("""{"status":410}""", await poll.PushAsync(Heartbeat));
        Assert.Equal(410, (await poll.PollAsync()).GetProperty("status").GetInt32());
        // The answer brought a good one.
        Assert.Equal("""{"status":200}""", await poll.PushAsync(Heartbeat));
        Assert.Contains("phx_reply", await poll.NextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Request_TokenThatNobodyMadeAndNoUser_IsGoneForGood() => server.UnharmedAsync(async () =>
    {
        using var poll = new LongPollClient(server, accessToken: null) { Token = "x" };
        Assert.Equal("""{"messages":[],"status":410,"token":null}""", (await poll.PollAsync()).GetRawText());
    });

    [Fact]
    public async Task Request_OfAnotherUsersSession_IsRefusedAndTheSessionGoesOn()
    {
        using var alice = await LongPollClient.ConnectAsync(server, "alice");
        await server.UnharmedAsync(async () =>
        {
            // Bob holds the token of alice's session, and says who he is.
            using var bob = new LongPollClient(server, server.Token("bob")) { Token = alice.Token };
            Assert.Equal("""{"status":403}""", (await bob.PollAsync()).GetRawText());
            Assert.Equal("""{"status":403}""", await bob.PushAsync(Heartbeat));

            // Nor can he say it with a token that is not good, in any place.
            using var forger = new LongPollClient(server, accessToken: null, headers: [("Authorization", $"Bearer {ForgedTokens.Make(server, "another key")}")]) { Token = alice.Token };
            Assert.Equal("""{"status":403}""", (await forger.PollAsync()).GetRawText());

            // Another good token of the same user is fine: clients renew theirs.
            using var renewed = new LongPollClient(server, accessToken: null, headers: [("Authorization", $"Bearer {server.Token("alice", life: TimeSpan.FromMinutes(5))}")]) { Token = alice.Token };
            Assert.Equal("""{"status":200}""", await renewed.PushAsync(Heartbeat));
            Assert.Contains("phx_reply", await alice.NextAsync(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public Task Request_ATicketWithAnotherUser_FindsNoSession() => server.UnharmedAsync(async () =>
    {
        using var alice = await LongPollClient.ConnectAsync(server, "alice");
        var tokens = server.Service<PollTokens>();
        // Nobody without the key can write this; the session looks all the same.
        using var bob = new LongPollClient(server, accessToken: null)
        {
            Token = tokens.Seal(tokens.Open(alice.Token!)! with { User = UserId.Parse("bob") }),
        };
        Assert.Equal("""{"status":410}""", await bob.PushAsync(Heartbeat));
        Assert.Equal(410, (await bob.PollAsync()).GetProperty("status").GetInt32());
    });

    [Fact]
    public Task Request_SessionTokenInTheHeader_WinsOverTheQuery() => server.UnharmedAsync(async () =>
    {
        using var alice = await LongPollClient.ConnectAsync(server, "alice");
        using var other = new LongPollClient(server, accessToken: null, headers: [("X-Phoenix-LongPoll-Token", alice.Token!)]) { Token = "nonsense" };
        Assert.Equal("""{"status":200}""", await other.PushAsync(Heartbeat));
        Assert.Contains("phx_reply", await other.NextAsync(), StringComparison.Ordinal);
    });
}
