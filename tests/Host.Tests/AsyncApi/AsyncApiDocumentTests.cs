using System.Net;
using System.Text.Json.Nodes;
using QuikApp.Host.AsyncApi;
using QuikApp.Host.Sessions;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Tests.AsyncApi;

/// <summary>The description of the socket API is served, whole, and says what the session does. That it is sound AsyncAPI is checked by other hands, in tests/Clients.</summary>
public sealed class AsyncApiDocumentTests(OpenServer server) : IClassFixture<OpenServer>
{
    private static readonly JsonObject Document = DocumentDescriber.Describe(allowQueryToken: true);

    [Fact]
    public async Task Document_NeedsNoToken_AndIsNotSentTwice()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Endpoint}") };
        using var first = await http.GetAsync("/asyncapi.json");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("application/json", first.Content.Headers.ContentType!.ToString());
        Assert.True(JsonNode.DeepEquals(Document, JsonNode.Parse(await first.Content.ReadAsStringAsync())));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/asyncapi.json");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public void Channels_AreTheKindsOfTopic_AndTheConnection() =>
        Assert.Equal(
            Enum.GetValues<TopicKind>().Select(Words<TopicKind>.Of).Append("phoenix").Order(StringComparer.Ordinal),
            Document["channels"]!.AsObject().Select(channel => channel.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Operations_Each_NameMessagesThatAreThere()
    {
        var operations = Document["operations"]!.AsObject();
        Assert.NotEmpty(operations);
        Assert.All(operations, pair => Assert.All(References(pair.Value!), reference => Assert.NotNull(Find(reference))));
        Assert.All(References(Document), reference => Assert.NotNull(Find(reference)));

        // No message stands there of which nothing is said.
        var named = References(Document["operations"]!).ToHashSet();
        foreach (var (channel, value) in Document["channels"]!.AsObject())
            Assert.All(value!["messages"]!.AsObject(), message => Assert.Contains($"#/channels/{channel}/messages/{message.Key}", named));
    }

    [Fact]
    public void Refusals_OfTheDocument_AreThoseOfTheCode() =>
        Assert.Equal(
            Reasons.All.Select(Reasons.Text),
            Document["components"]!["schemas"]!["refusal"]!["properties"]!["reason"]!["enum"]!.AsArray().Select(word => word!.ToString()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Token_InTheAddress_IsDescribedWhereItIsAllowed(bool allowed)
    {
        var document = DocumentDescriber.Describe(allowed);
        Assert.Equal(allowed, document["components"]!["securitySchemes"]!.AsObject().ContainsKey("query"));
        Assert.Equal(allowed, document["components"]!["channelBindings"]!["socket"]!["ws"]!["query"]!["properties"]!.AsObject().ContainsKey("token"));
        Assert.All(document["servers"]!.AsObject(), pair => Assert.Equal(allowed ? 3 : 2, pair.Value!["security"]!.AsArray().Count));
    }

    /// <summary>On a topic of every kind, a push that is described is read by its parser, and any other is no event there.</summary>
    [Fact]
    public async Task Pushes_OfEveryName_OnATopicOfEveryKind_AreTakenWhereTheyAreDescribed()
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        var sent = await client.PushAsync("channel:general", "message:send", """{"content":"described"}""");
        var message = sent.GetProperty("response").GetProperty("id").GetString();
        var thread = (await client.PushAsync("channel:general", "thread:start", $$"""{"messageId":"{{message}}"}""")).GetProperty("response").GetProperty("threadId");
        var call = (await client.PushAsync("channel:general", "call:start", """{"type":"audio"}""")).GetProperty("response").GetProperty("callId");

        string[] topics = ["user:alice", "workspace:demo", "channel:general", $"thread:{thread}", $"call:{call}", "presence:demo"];
        foreach (var topic in topics)
        {
            Assert.Equal("ok", (await client.PushAsync(topic, "phx_join", "{}", "j")).GetProperty("status").GetString());
            var operations = Document["operations"]!.AsObject().Select(operation => operation.Key).ToHashSet();
            foreach (var name in Session.Pushes.Select(push => push.Event).Concat(ServerEvents.All.Select(e => e.Name)).Append("nothing").Distinct())
            {
                var reply = (await client.PushAsync(topic, name, "[]")).GetProperty("response").GetProperty("reason").GetString();
                var isDescribed = operations.Contains($"{topic[..topic.IndexOf(':', StringComparison.Ordinal)]}.receive.{DocumentParts.Key(name)}");
                Assert.True(reply == (isDescribed ? "invalid_payload" : "invalid_event"), $"{name} on {topic}: {reply}");
            }
        }
    }

    private static JsonNode? Find(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, part) => node?[part]);

    private static IEnumerable<string> References(JsonNode node) => node switch
    {
        JsonObject schema when schema["$ref"] is { } reference => [reference.ToString()],
        JsonObject schema => schema.SelectMany(pair => pair.Value is { } value ? References(value) : []),
        JsonArray items => items.SelectMany(item => item is { } value ? References(value) : []),
        _ => [],
    };
}
