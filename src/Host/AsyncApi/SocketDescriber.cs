using System.Text.Json.Nodes;
using QuikApp.Host.Hosting;
using QuikApp.Host.LongPoll;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.AsyncApi;

/// <summary>Describes the endpoints, the ways of the token, and the handshake.</summary>
internal static class SocketDescriber
{
    private const string Bearer = "bearer";
    private const string Subprotocol = "subprotocol";
    private const string PollHeader = "longpoll";
    private const string Query = "query";

    // Which scheme and which address reach the server is known to whoever runs the proxy before it.
    private static readonly string[] Schemes = ["ws", "wss"];
    private static readonly string[] PollSchemes = ["http", "https"];

    /// <summary>The endpoints.</summary>
    public static JsonObject Servers(bool allowQueryToken)
    {
        var servers = new JsonObject();
        foreach (var (name, path, description) in SocketPaths.All)
        {
            foreach (var scheme in Schemes)
                servers.Add($"{name}-{scheme}", Server(path, scheme, description, Ways(allowQueryToken)));
        }

        foreach (var scheme in PollSchemes)
        {
            servers.Add($"longpoll-{scheme}", Server(
                SocketPaths.LongPoll, scheme, "Long poll of stock Phoenix clients: the same frames, as texts in bodies.", PollWays(allowQueryToken)));
        }

        return servers;
    }

    /// <summary>The ways of the token.</summary>
    public static JsonObject SecuritySchemes(bool allowQueryToken)
    {
        var schemes = new JsonObject
        {
            [Bearer] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
            [Subprotocol] = new JsonObject
            {
                ["type"] = "httpApiKey",
                ["in"] = "header",
                ["name"] = "Sec-WebSocket-Protocol",
                ["description"] = "phoenix, base64url.bearer.phx.<base64 of the token, no padding>: authToken of Phoenix 1.8.",
            },
            [PollHeader] = new JsonObject { ["type"] = "httpApiKey", ["in"] = "header", ["name"] = PollRequest.AccessHeader },
        };
        if (allowQueryToken)
            schemes.Add(Query, new JsonObject { ["type"] = "httpApiKey", ["in"] = "query", ["name"] = "token" });
        return schemes;
    }

    /// <summary>The handshake.</summary>
    public static JsonObject Binding(bool allowQueryToken)
    {
        var query = new JsonObject
        {
            ["vsn"] = JsonShapes.Pattern(@"^[12]\.0\.[0-9]+$").About("The wire: 2.0.0 is V2; 1.0.0, or none, is V1.").ToSchema(),
            ["device"] = JsonShapes.OneOf(Enum.GetValues<Device>().Select(PresenceWords.Text))
                .With(new JsonObject { ["default"] = PresenceWords.Text(Device.Web) }).ToSchema(),
        };
        if (allowQueryToken)
            query.Add("token", JsonShapes.Token.ToSchema());
        return new JsonObject
        {
            ["ws"] = new JsonObject
            {
                ["method"] = "GET",
                ["query"] = new JsonObject { ["type"] = "object", ["properties"] = query },
                ["bindingVersion"] = "0.1.0",
            },
        };
    }

    private static JsonObject Server(string path, string scheme, string description, IEnumerable<string> ways) => new()
    {
        ["host"] = "{host}",
        ["pathname"] = path,
        ["protocol"] = scheme,
        ["description"] = description,
        ["variables"] = new JsonObject
        {
            ["host"] = new JsonObject { ["default"] = "127.0.0.1:4000", ["description"] = "Where this document came from." },
        },
        ["security"] = new JsonArray([.. ways.Select(way => DocumentParts.Ref($"components/securitySchemes/{way}"))]),
    };

    private static IEnumerable<string> Ways(bool allowQueryToken) =>
        allowQueryToken ? [Bearer, Subprotocol, Query] : [Bearer, Subprotocol];

    private static IEnumerable<string> PollWays(bool allowQueryToken) =>
        allowQueryToken ? [Bearer, PollHeader, Query] : [Bearer, PollHeader];
}
